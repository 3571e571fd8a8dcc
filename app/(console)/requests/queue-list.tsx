"use client"

import { memo, useRef } from "react"
import { neutralise } from "@/components/neutralise"
import { ReasonBadge } from "@/components/reason-badge"
import { Badge } from "@/components/ui/badge"
import type { EndedRow, RequestRow } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"
import { cn } from "@/lib/utils"
import { Asks } from "./asks"
import { besideTick, RowTick } from "./bulk/row-tick"
import { type QueueSelection, type Ticks, ticksOf } from "./bulk/use-queue-selection"
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
      {parts.length > 0 && (
        <>
          <bdi className="truncate">{parts.join(", ")}</bdi>
          <span className="whitespace-pre"> · </span>
        </>
      )}
      <span className="max-w-full shrink-0 truncate">{row.isLocal ? "this machine" : row.address}</span>
    </>
  )
}

function EndedInPlace({ end }: { end: EndedRow | undefined }) {
  if (end === undefined) return <Badge tone="off">Ended</Badge>
  return (
    <>
      <StatusBadge status={end.status} aftermath={end.aftermath} />
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
  isOpen,
  reason,
  ticks,
  isTicked,
  toggle,
}: HeldRow<RequestRow> & {
  end: EndedRow | undefined
  isOpen: boolean
  reason: PairingReason | null
  /** Null where it cannot be selected. */
  ticks: Ticks | null
  isTicked: boolean
  toggle: QueueSelection["toggle"] | undefined
}) {
  return (
    <li
      data-selected={isTicked}
      className="group/row relative border-b border-line-soft data-[selected=true]:bg-accent-soft/50"
    >
      {ticks !== null && toggle && <RowTick row={row} ticks={ticks} isTicked={isTicked} toggle={toggle} />}
      <InboxLink
        requestId={row.requestId}
        isOpen={isOpen}
        reason={reason}
        waiting
        {...(ticks === "mode" && toggle && { pick: () => toggle(row, false) })}
      >
        <span className={cn("flex min-h-6 items-center gap-2", ticks !== null && besideTick[ticks])}>
          {hasEnded ? (
            <EndedInPlace end={end} />
          ) : (
            <>
              <ReasonBadge reason={row.reason} isRoleBack={row.isRoleBack} />
              {row.isLookalike && <Badge tone="warn">Look-alike</Badge>}
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
        <span className="flex text-sm text-ink-3">
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
  openId,
  reason,
  selection,
}: {
  rows: readonly HeldRow<RequestRow>[]
  /** How requests ended lately, by their ids. */
  ends: ReadonlyMap<string, EndedRow>
  /** The one that stands beside the list. */
  openId: string | null
  /** The one reason that is shown; null for any. */
  reason: PairingReason | null
  /** Null for those who decide nothing. */
  selection: QueueSelection | null
}) {
  const list = useRef<HTMLUListElement>(null)
  useKeptFocus(list, rows.map(({ row }) => row.requestId).join(" "))
  const ticks = ticksOf(selection)
  return (
    <ul ref={list} aria-label="Waiting requests">
      {rows.map(({ row, hasEnded }) => (
        <QueueRow
          key={row.requestId}
          row={row}
          hasEnded={hasEnded}
          end={hasEnded ? ends.get(row.requestId) : undefined}
          isOpen={row.requestId === openId}
          reason={reason}
          ticks={hasEnded ? null : ticks}
          isTicked={!hasEnded && selection?.has(row.requestId) === true}
          toggle={selection?.toggle}
        />
      ))}
    </ul>
  )
}
