"use client"

import { ChevronDownIcon, InfinityIcon } from "lucide-react"
import { useClock } from "@/components/clock"
import { formatLeft } from "@/components/format-time"
import { ScopeNames } from "@/components/scope-name"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/components/ui/dropdown-menu"
import { Notice } from "@/components/ui/notice"
import type { DeviceView, EndingGrant, RoleView } from "@/lib/console/device-types"
import { grantLengths, lengthInWords } from "@/lib/pairing/grant-length"
import { extendGrantAction } from "../actions"
import { useCommand } from "./use-command"

/** The offered time that is nearest to what was given the last time. */
function sameAgain({ lengthMs }: EndingGrant): number {
  const [first = 0, ...others] = grantLengths
  const off = (ms: number) => Math.abs(Math.log((lengthMs ?? first) / ms))
  return others.reduce((best, ms) => (off(ms) < off(best) ? ms : best), first)
}

/** What ends by itself, when, and one click to put that off by as long again. */
export function EndingNotice({
  device,
  role,
  grant,
  isAllowed,
}: {
  device: DeviceView
  role: RoleView
  grant: EndingGrant
  isAllowed: boolean
}) {
  const { isRunning, problem, run } = useCommand(extendGrantAction, () => {})
  const left = useClock(({ nowMs }) => (nowMs > grant.untilMs ? "" : formatLeft(grant.untilMs - nowMs)))
  const revision = device.paired?.revision ?? 0
  const again = sameAgain(grant)
  const scopes = grant.names.filter((name) => name !== role.role)
  const isRole = scopes.length < grant.names.length
  const extend = (untilMs: number | null) => {
    run({ deviceId: device.deviceId, names: [...grant.names], untilMs, shownRevision: revision })
  }
  return (
    <Notice tone="warn" className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-56">
          <b className="font-semibold">{left === "" ? "Its time is over." : `Ends in ${left}:`}</b>{" "}
          {isRole && `the role ${role.role}`}
          {isRole && scopes.length > 0 && ", with "}
          {scopes.length > 0 && <ScopeNames scopes={scopes} max={4} />}
          <span className="text-ink-2">
            , <Instant atMs={grant.untilMs} />
          </span>
        </p>
        {isAllowed && left !== "" && (
          <span className="flex gap-1">
            <Button size="sm" disabled={isRunning} onClick={() => extend(grant.untilMs + again)}>
              Extend by {lengthInWords(again)}
            </Button>
            <DropdownMenu>
              <DropdownMenuTrigger asChild>
                <Button size="sm" disabled={isRunning} className="px-2">
                  <ChevronDownIcon aria-hidden />
                  <span className="sr-only">Extend by another time</span>
                </Button>
              </DropdownMenuTrigger>
              <DropdownMenuContent align="end">
                {grantLengths.map((ms) => (
                  <DropdownMenuItem key={ms} onSelect={() => extend(grant.untilMs + ms)}>
                    {lengthInWords(ms)} more
                  </DropdownMenuItem>
                ))}
                <DropdownMenuItem onSelect={() => extend(null)}>
                  <InfinityIcon aria-hidden />
                  For good
                </DropdownMenuItem>
              </DropdownMenuContent>
            </DropdownMenu>
          </span>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {problem}
        </p>
      )}
    </Notice>
  )
}
