"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { MonitorIcon, SmartphoneIcon } from "lucide-react"
import { Instant, TimeAgo } from "@/components/time-ago"
import { showToast } from "@/components/toast"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import { useCommand } from "@/components/use-command"
import type { SessionRow } from "@/lib/console/settings-types"
import { endOtherSessionsAction, endSessionAction } from "./actions"
import { sessionsQuery } from "./query"

/** Where the reader is signed in, and the way to end it elsewhere. */
export function SessionsCard() {
  const queries = useQueryClient()
  const { data: sessions = [], isError, dataUpdatedAt } = useQuery(sessionsQuery())
  const [isBusy, run] = useCommand()
  const renew = () => queries.invalidateQueries({ queryKey: sessionsQuery().queryKey })

  const end = (session: SessionRow) =>
    run(async () => {
      const result = await endSessionAction(session.id)
      showToast("ok", result.ok ? `${session.client} is signed out.` : "That session had ended already.")
      await renew()
    })
  const endOthers = () =>
    run(async () => {
      const result = await endOtherSessionsAction()
      showToast("ok", result.ok ? "You are signed out everywhere else." : "You were signed in nowhere else.")
      await renew()
    })

  return (
    <Card>
      <CardHeader>
        <CardTitle>Where you are signed in</CardTitle>
        <CardDescription>{sessions.length === 1 ? "only here" : `${sessions.length} sessions`}</CardDescription>
        {sessions.length > 1 && (
          <CardAction>
            <Button size="sm" variant="danger" disabled={isBusy} onClick={endOthers}>
              End all others
            </Button>
          </CardAction>
        )}
      </CardHeader>
      {isError && (
        <Notice tone="warn" live className="mx-4 mt-3 sm:mx-5">
          This list could not be renewed. It is as it was <TimeAgo atMs={dataUpdatedAt} />.
        </Notice>
      )}
      <ul aria-label="Sessions" className="mt-3 divide-y divide-line-soft border-t border-line-soft">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 px-4 py-3 sm:px-5">
            <SessionIcon client={session.client} />
            <div className="grid min-w-0 flex-1 gap-0.5">
              <div className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{session.client}</span>
                {session.isThis && <Badge tone="ok">this one</Badge>}
              </div>
              <p className="text-sm text-ink-3 wrap-anywhere">
                {session.address} · since <Instant atMs={session.createdAtMs} />
                {!session.isThis && (
                  <>
                    {" "}
                    · used <TimeAgo atMs={session.lastSeenAtMs} />
                  </>
                )}
              </p>
            </div>
            {!session.isThis && (
              <Button size="sm" disabled={isBusy} onClick={() => end(session)}>
                End
                <span className="sr-only">
                  {" "}
                  the session of {session.client} at {session.address}
                </span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function SessionIcon({ client }: { client: string }) {
  const Icon = /iPhone|iPad|Android/.test(client) ? SmartphoneIcon : MonitorIcon
  return <Icon aria-hidden className="size-5 shrink-0 text-ink-3" />
}
