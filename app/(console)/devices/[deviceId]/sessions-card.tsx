import { useEffect, useRef } from "react"
import { neutralise } from "@/components/neutralise"
import { TimeAgo } from "@/components/time-ago"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView } from "@/lib/console/device-types"
import { ScopeChips } from "../scope-chips"
import type { Allowed } from "./allowed"
import { DisconnectButton } from "./disconnect-button"
import { SessionCalls } from "./session-calls"
import { useDoing } from "./use-doing"

export function SessionsCard({ device: { deviceId, sessions }, allowed }: { device: DeviceView; allowed: Allowed }) {
  const { doing, stop } = useDoing()
  const isAsked = allowed.disconnect && doing === "disconnect"
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Of several connections a person chooses.
    if (isAsked && sessions.length > 1) card.current?.focus()
  }, [isAsked, sessions.length])
  return (
    <Card ref={card} tabIndex={-1} aria-label="Live sessions">
      <CardHeader>
        <CardTitle>Live sessions</CardTitle>
        <CardDescription>{sessions.length === 1 ? "1 connection" : `${sessions.length} connections`}</CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="divide-y divide-line-soft">
          {sessions.map((session) => (
            <li key={session.connId} className="grid gap-2 py-2.5">
              <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
                <span className="inline-flex items-center gap-2 font-medium tabular-nums">
                  <span aria-hidden className="size-1.5 rounded-full bg-ok" />
                  {session.address}
                </span>
                <span className="text-ink-2">{session.role}</span>
                <ScopeChips scopes={session.scopes} look="current" />
                <span className="claimed text-sm text-ink-3">{neutralise(session.client, 60)?.text}</span>
                <span className="ml-auto text-sm text-ink-3">
                  connected <TimeAgo atMs={session.sinceMs} />
                </span>
                {allowed.disconnect && (
                  <DisconnectButton
                    deviceId={deviceId}
                    session={session}
                    isAsked={isAsked && sessions.length === 1}
                    onDone={stop}
                  />
                )}
              </div>
              {session.calls !== null && <SessionCalls calls={session.calls} />}
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}
