"use client"

import { useQuery } from "@tanstack/react-query"
import { CheckIcon, EqualNotIcon } from "lucide-react"
import Link from "next/link"
import { DeviceName } from "@/components/device-name"
import { Fingerprint } from "@/components/fingerprint"
import { ScopeName } from "@/components/scope-name"
import { Badge } from "@/components/ui/badge"
import { Notice } from "@/components/ui/notice"
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table"
import type { DeviceView } from "@/lib/console/device-types"
import { deviceQuery } from "../query"
import { compareRights, type Side } from "./compare-rights"

/** The rights of two devices beside each other, as they are now. */
export function CompareTable({ firstId, secondId }: { firstId: string; secondId: string }) {
  const [first, second] = [useQuery(deviceQuery(firstId)), useQuery(deviceQuery(secondId))]
  if (!first.data || !second.data) return <Notice>Nothing is known of one of these devices any more.</Notice>
  const rows = compareRights(first.data, second.data)
  const differing = rows.filter((row) => row.differs).length
  return (
    <section aria-label="Comparison" className="grid gap-3">
      {(first.isError || second.isError) && (
        <Notice tone="danger" live>
          This page could not be renewed and may be out of date. It is tried again by itself.
        </Notice>
      )}
      <p role="status" className="text-ink-2">
        {rows.length === 0
          ? "Neither device has any scope."
          : differing === 0
            ? "What they may do is the same, scope by scope."
            : `${differing} of ${rows.length} ${rows.length === 1 ? "scope" : "scopes"} ${differing === 1 ? "differs" : "differ"}.`}
      </p>
      {rows.length > 0 && (
        <Table>
          <TableCaption>The rights of both devices, scope by scope; the differences first</TableCaption>
          <TableHeader>
            <tr>
              <TableHead>Scope</TableHead>
              <Head device={first.data} />
              <Head device={second.data} />
            </tr>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={`${row.role} ${row.scope}`} className={row.differs ? "bg-warn-soft/60" : undefined}>
                <TableHead scope="row" className="py-2.5 align-top font-normal whitespace-normal text-ink">
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <ScopeName scope={row.scope} className="text-base max-sm:text-xs" />
                    {row.differs && (
                      <Badge tone="warn">
                        <EqualNotIcon aria-hidden />
                        differs
                      </Badge>
                    )}
                  </span>
                </TableHead>
                <TableCell>
                  <Rights side={row.first} />
                </TableCell>
                <TableCell>
                  <Rights side={row.second} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  )
}

function Head({ device }: { device: DeviceView }) {
  return (
    <TableHead className="w-[32%] whitespace-normal">
      <Link href={`/devices/${device.deviceId}`} className="text-base text-ink underline-offset-3 hover:underline">
        <DeviceName name={device.name} max={40} />
      </Link>
      <Fingerprint deviceId={device.deviceId} className="block text-xs max-sm:hidden" />
      <span className="block text-xs">{device.paired?.roles.map(({ role }) => role).join(", ")}</span>
      {device.paired === null && <span className="block text-xs">not paired</span>}
      {device.block !== null && <span className="block text-xs text-danger">blocked</span>}
    </TableHead>
  )
}

function Rights({ side: { approved, inToken, isWithheld } }: { side: Side }) {
  if (approved === "no" && inToken === "no" && !isWithheld) return <span className="text-sm text-ink-3">no</span>
  return (
    <span className="flex flex-wrap gap-1">
      {approved !== "no" && <Badge tone="accent">approved{approved === "included" && ", included"}</Badge>}
      {inToken === "no" ? (
        approved !== "no" && <span className="text-sm text-ink-3">not in token</span>
      ) : (
        <Badge tone="ok">
          <CheckIcon aria-hidden />
          in token{inToken === "included" && ", included"}
        </Badge>
      )}
      {isWithheld && <Badge>withheld</Badge>}
    </span>
  )
}
