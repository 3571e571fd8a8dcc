"use client"

import { memo, useRef } from "react"
import { neutralise } from "@/components/neutralise"
import { ReasonBadge } from "@/components/reason-badge"
import { Badge } from "@/components/ui/badge"
import type { EndedRow, RequestRow } from "@/lib/console/request-types"
import { cn } from "@/lib/utils"
import { Asks } from "./asks"
import { EndedWords, StatusBadge } from "./ended-words"
import type { HeldRow } from "./hold-rows"
import { InboxLink } from "./inbox-link"
import { RequestName } from "./request-name"
import { TimeLeft } from "./time-left"
import { useKeptFocus } from "./use-kept-focus"

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

function EndedInPlace({ end }: { end: EndedRow | undefined }) {
  if (end === undefined) return <Badge tone="off">Ended</Badge>
  return (
    <>
      <StatusBadge status={end.status} />
      <span className="min-w-0 truncate text-sm text-ink-3">
        <EndedWords row={end} />
      </span>
    </>
  )
}

const QueueRow = memo(function QueueRow({
  row,
  hasEnded,
  end,
  isSelected,
}: HeldRow<RequestRow> & { end: EndedRow | undefined; isSelected: boolean }) {
  return (
    <li className="border-b border-line-soft">
      <InboxLink requestId={row.requestId} isSelected={isSelected} waiting>
        <span className="flex min-h-6 items-center gap-2">
          {hasEnded ? (
            <EndedInPlace end={end} />
          ) : (
            <>
              <ReasonBadge reason={row.reason} />
              <TimeLeft untilMs={row.expiresAtMs} className="ml-auto text-xs" />
            </>
          )}
        </span>
        <span className={cn("truncate font-semibold", hasEnded && "text-ink-3")}>
          <RequestName label={row.label} displayName={row.displayName} />
        </span>
        <span className={cn("truncate text-sm text-ink-2", hasEnded && "text-ink-3")}>
          <Asks row={row} />
        </span>
        <span className="truncate text-sm text-ink-3">
          <Where row={row} />
        </span>
      </InboxLink>
    </li>
  )
})

/** The requests that wait, oldest first; and those that ended while somebody was reading the list. */
export function QueueList({
  rows,
  ends,
  selectedId,
}: {
  rows: readonly HeldRow<RequestRow>[]
  /** How requests ended lately, by their ids. */
  ends: ReadonlyMap<string, EndedRow>
  selectedId: string | null
}) {
  const list = useRef<HTMLUListElement>(null)
  useKeptFocus(list, rows.map(({ row }) => row.requestId).join(" "))
  return (
    <ul ref={list} aria-label="Waiting requests">
      {rows.map(({ row, hasEnded }) => (
        <QueueRow
          key={row.requestId}
          row={row}
          hasEnded={hasEnded}
          end={hasEnded ? ends.get(row.requestId) : undefined}
          isSelected={row.requestId === selectedId}
        />
      ))}
    </ul>
  )
}
