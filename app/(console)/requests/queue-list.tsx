"use client"

import { neutralise } from "@/components/neutralise"
import { ReasonBadge } from "@/components/reason-badge"
import type { RequestRow } from "@/lib/console/request-types"
import { Asks } from "./asks"
import { InboxLink } from "./inbox-link"
import { RequestName } from "./request-name"
import { TimeLeft } from "./time-left"

function Where({ row }: { row: RequestRow }) {
  const claims = [row.platform, row.client].map((claim) => neutralise(claim, 28)?.text)
  const parts = claims.filter((claim) => claim !== undefined)
  return (
    <>
      {parts.length > 0 && <bdi>{parts.join(", ")}</bdi>}
      {parts.length > 0 && " · "}
      {row.isLocal ? "this machine" : row.address}
    </>
  )
}

/** The requests that wait, oldest first. */
export function QueueList({ rows, selectedId }: { rows: readonly RequestRow[]; selectedId: string | null }) {
  return (
    <ul aria-label="Waiting requests">
      {rows.map((row) => (
        <li key={row.requestId} className="border-b border-line-soft">
          <InboxLink requestId={row.requestId} isSelected={row.requestId === selectedId} waiting>
            <span className="flex items-center gap-2">
              <ReasonBadge reason={row.reason} />
              <TimeLeft untilMs={row.expiresAtMs} className="ml-auto text-xs" />
            </span>
            <span className="truncate font-semibold">
              <RequestName label={row.label} displayName={row.displayName} />
            </span>
            <span className="truncate text-sm text-ink-2">
              <Asks row={row} />
            </span>
            <span className="truncate text-sm text-ink-3">
              <Where row={row} />
            </span>
          </InboxLink>
        </li>
      ))}
    </ul>
  )
}
