"use client"

import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { ChevronLeftIcon } from "lucide-react"
import Link from "next/link"
import { useRef, useState } from "react"
import { flushSync } from "react-dom"
import { shellQuery } from "@/components/shell-query"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { requestsHref } from "@/lib/console/requests-address"
import type { Shell } from "@/lib/console/types"
import { pairingReasonTitles } from "@/lib/pairing/explain"
import type { PairingReason } from "@/lib/pairing/types"
import { SelectionBar } from "./bulk/selection-bar"
import { useQueueSelection } from "./bulk/use-queue-selection"
import { DecisionPane } from "./decision-pane"
import { EmptyQueue, NoneOfReason, UnknownQueue } from "./empty-queue"
import { EndedList } from "./ended-list"
import { openRequest, useOpenId, useReason } from "./inbox-link"
import { endedQuery } from "./query"
import { QueueHead } from "./queue-head"
import { QueueList } from "./queue-list"
import { ReasonFilter, showReason } from "./reason-filter"
import { useAttention } from "./use-attention"
import { useHeldRows } from "./use-held-rows"
import { useQueue } from "./use-queue"
import { focusRow, useQueueKeys } from "./use-queue-keys"

/** The requests: those that wait and those that ended on one side, the one to decide on the other. */
export function Inbox({ loaded }: { loaded: Shell }) {
  const reason = useReason()
  const { whole, queue, isPartial, isError, dataUpdatedAt, counts } = useQueue(reason)
  const { data: shell = loaded } = useQuery(shellQuery())
  const { decides, address } = shell
  const { shortcuts } = shell.admin
  const openId = useOpenId()
  const waiting = queue?.rows
  const firstId = waiting?.[0]?.requestId ?? null
  // What was empty once may have filled since: an error never looks like an empty list.
  const isEmpty = whole?.rows.length === 0 && !isError
  const isNoneOfIt = !isEmpty && waiting?.length === 0 && !isError && !isPartial
  const place = useRef<HTMLDivElement>(null)
  // What stands beside the list stays there when the list changes, so that nothing is decided in its place.
  const [pinned, setPinned] = useState(openId ?? firstId)
  const [pinnedOf, setPinnedOf] = useState(reason)
  if (pinnedOf !== reason) {
    // Who looks for another reason leaves what stood beside the list, unless the address names it.
    setPinnedOf(reason)
    setPinned(openId ?? firstId)
  }
  const besideId = openId ?? pinned
  if (besideId === null && firstId !== null) setPinned(firstId)
  if (openId !== null && openId !== pinned) setPinned(openId)

  const { touch, listEvents, holds } = useAttention(besideId, openId, [waiting, whole?.rows])
  const { shown, arrived, follow } = useHeldRows(queue, holds)
  const ids = shown.map(({ row }) => row.requestId)
  const endedHere = new Set(shown.filter(({ hasEnded }) => hasEnded).map(({ row }) => row.requestId))
  const { data: ended } = useInfiniteQuery(endedQuery())
  const ends = new Map(ended?.pages.flatMap((page) => page.rows).map((row) => [row.requestId, row]))

  const [lastAt, setLastAt] = useState(0)
  const at = besideId === null ? -1 : ids.indexOf(besideId)
  if (at !== -1 && at !== lastAt) setLastAt(at)

  const close = () => {
    setPinned(null)
    showReason(reason, null)
  }
  const choose = (chosen: PairingReason | null) => {
    const isOpenShown = chosen === null || waiting?.some((row) => row.requestId === openId && row.reason === chosen)
    showReason(chosen, isOpenShown ? openId : null)
  }
  const firstArrived = () => {
    const id = arrived[0]?.requestId
    if (id !== undefined) flushSync(follow)
    return id
  }
  useQueueKeys({
    ...{ place, isOn: shortcuts, decides, ids, besideId, openId, lastAt, close },
    follow: firstArrived,
  })
  const selection = useQueueSelection({ place, isOn: shortcuts && decides, shown, waiting, besideId, reason })
  const showArrived = () => {
    const id = firstArrived()
    if (id !== undefined) focusRow(id)
  }

  const rest = (waiting ?? []).filter((row) => row.requestId !== besideId)
  const nextId = (rest.find((row) => ids.indexOf(row.requestId) >= lastAt) ?? rest[0])?.requestId
  const next = nextId !== undefined && (
    <Button asChild variant="primary" className="w-fit">
      <Link
        href={requestsHref({ id: nextId, reason })}
        prefetch={false}
        onClick={(event) => {
          event.preventDefault()
          openRequest(nextId)
        }}
      >
        Next request
      </Link>
    </Button>
  )

  return (
    <div
      ref={place}
      data-slot="inbox"
      data-view={openId === null ? "list" : "detail"}
      className="group/inbox grid min-h-0 flex-1 lg:h-dvh lg:flex-none lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[23.25rem_minmax(0,1fr)]"
    >
      {/* Where the request stands alone on the screen, the head of the list is not there to name the page. */}
      <h1 className="sr-only group-data-[view=list]/inbox:hidden lg:hidden">Requests</h1>
      <div
        data-slot="queue"
        {...listEvents}
        className="min-w-0 border-line max-lg:group-data-[view=detail]/inbox:hidden lg:overflow-y-auto lg:border-r"
      >
        <QueueHead
          count={whole && !isError ? `${whole.rows.length}${whole.isMore ? "+" : ""}` : null}
          arrived={arrived.length}
          showArrived={showArrived}
          selection={decides && shown.length > 0 ? selection : null}
          filter={
            whole && (reason !== null || whole.rows.length > 0) ? (
              <ReasonFilter reason={reason} counts={counts} whole={whole} choose={choose} />
            ) : null
          }
        />
        {isError && (
          <Notice tone="danger" live className="m-4">
            The list could not be renewed. This is the state of <Instant atMs={dataUpdatedAt} style="time" />.
          </Notice>
        )}
        <QueueList rows={shown} ends={ends} openId={besideId} reason={reason} selection={decides ? selection : null} />
        {decides && (
          <SelectionBar
            selection={selection}
            ids={ids.filter((id) => !endedHere.has(id))}
            follow={follow}
            place={place}
            shortcuts={shortcuts}
          />
        )}
        {queue?.isMore && (
          <p className="px-5 py-3 text-sm text-ink-3">More are waiting. They appear as these are decided.</p>
        )}
        {isNoneOfIt && reason !== null && (
          <div className="grid justify-items-start gap-2 px-5 py-6 text-sm text-ink-3">
            <p role="status">None waits for the reason “{pairingReasonTitles[reason]}”.</p>
            <Button size="sm" onClick={() => choose(null)}>
              Show all
            </Button>
          </div>
        )}
        {isEmpty && (
          <>
            <p className="px-5 py-6 text-sm text-ink-3 max-lg:hidden">Nothing waits for a decision.</p>
            <div className="lg:hidden">
              <EmptyQueue address={address} />
            </div>
          </>
        )}
        <EndedList selectedId={besideId} except={endedHere} />
        {shortcuts && shown.length > 0 && (
          <p className="hidden px-5 py-4 text-xs text-ink-3 lg:pointer-fine:block">
            Keys: J and K move{decides && ", A approves, R rejects, N goes to the note, T to the time"}, ? lists them
            all.
          </p>
        )}
      </div>
      <div
        onFocusCapture={touch}
        onPointerDownCapture={touch}
        className="@container flex min-w-0 flex-col bg-panel max-lg:group-data-[view=list]/inbox:hidden lg:overflow-y-auto"
      >
        <Link
          href={requestsHref({ reason })}
          prefetch={false}
          onClick={(event) => {
            event.preventDefault()
            close()
          }}
          className="flex items-center gap-1 border-b border-line-soft px-3 py-2.5 text-sm font-medium text-ink-2 hover:text-ink pointer-coarse:min-h-11 lg:hidden"
        >
          <ChevronLeftIcon aria-hidden className="size-4" />
          All requests
        </Link>
        {besideId === null ? (
          <div className="my-auto">
            {isEmpty && <EmptyQueue address={address} />}
            {isNoneOfIt && <NoneOfReason />}
            {isError && <UnknownQueue />}
          </div>
        ) : (
          <DecisionPane
            key={besideId}
            requestId={besideId}
            decides={decides}
            shortcuts={decides && shortcuts}
            next={next}
          />
        )}
      </div>
    </div>
  )
}
