"use client"

import { useQuery } from "@tanstack/react-query"
import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import type { DeviceView } from "@/lib/console/device-types"
import { deviceQuery } from "../query"
import type { Allowed } from "./allowed"
import { DeviceHead } from "./device-head"
import { DeviceNotices } from "./device-notices"
import { EventsCard } from "./events-card"
import { HistoryCard } from "./history-card"
import { RightsCard } from "./rights-card"
import { SessionsCard } from "./sessions-card"
import { TokenCard } from "./token-card"
import { WhyCard } from "./why-card"

export function DevicePage({ deviceId, allowed }: { deviceId: string; allowed: Allowed }) {
  const { data: device, isError } = useQuery(deviceQuery(deviceId))
  return (
    <>
      <nav aria-label="Breadcrumb" className="text-sm text-ink-3">
        <Link href="/devices" className="hover:text-ink hover:underline">
          Devices
        </Link>{" "}
        <span aria-hidden>/</span> <DeviceName name={device?.name ?? null} max={40} />
      </nav>
      {isError && (
        <Notice tone="danger" live>
          {device ? "This page could not be renewed and may be out of date." : "The device could not be loaded."} It is
          tried again by itself.
        </Notice>
      )}
      {device ? <Found device={device} allowed={allowed} /> : <Missing isGone={device === null} isError={isError} />}
    </>
  )
}

function Missing({ isGone, isError }: { isGone: boolean; isError: boolean }) {
  if (isGone) return <Notice>Nothing is known of this device any more.</Notice>
  return isError ? null : <Skeleton className="h-96 rounded-xl" />
}

function Found({ device, allowed }: { device: DeviceView; allowed: Allowed }) {
  const { paired } = device
  return (
    <>
      <DeviceHead device={device} allowed={allowed} />
      <DeviceNotices device={device} />
      {paired?.roles.map((role) => (
        <div key={role.role} className="grid gap-5 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <RightsCard device={device} role={role} hasOthers={paired.roles.length > 1} allowed={allowed} />
          <TokenCard device={device} role={role} allowed={allowed} />
        </div>
      ))}
      {device.sessions.length > 0 && <SessionsCard device={device} allowed={allowed} />}
      <HistoryCard device={device} />
      <WhyCard deviceId={device.deviceId} />
      <EventsCard deviceId={device.deviceId} />
    </>
  )
}
