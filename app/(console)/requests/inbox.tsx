"use client"

import { useQuery } from "@tanstack/react-query"
import { ChevronLeftIcon } from "lucide-react"
import Link from "next/link"
import { useRef, useState } from "react"
import { shellQuery } from "@/components/shell-query"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import type { Shell } from "@/lib/console/types"
import { DecisionPane } from "./decision-pane"
import { EmptyQueue, UnknownQueue } from "./empty-queue"
import { EndedList } from "./ended-list"
import { inboxHref, openRequest, useOpenId } from "./inbox-link"
import { queueQuery } from "./query"
import { QueueList } from "./queue-list"
import { useShortcuts } from "./use-shortcuts"

/** The next row of the queue after one, or before it; the first where it is not among them. */
function neighbour(ids: readonly string[], id: string | null, step: 1 | -1): string | undefined {
  const at = id === null ? -1 : ids.indexOf(id)
  return at === -1 ? ids[0] : ids[at + step]
}

function focusRow(requestId: string): void {
  for (const link of document.querySelectorAll<HTMLElement>("a[data-waiting]")) {
    if (link.dataset.waiting === requestId) link.focus()
  }
}

/** The requests: those that wait and those that ended on one side, the one to decide on the other. */
export function Inbox({ loaded }: { loaded: Shell }) {
  const { data: queue, isError, dataUpdatedAt } = useQuery(queueQuery())
  const { data: shell = loaded } = useQuery(shellQuery())
  const { decides, address } = shell
  const { shortcuts } = shell.admin
  const openId = useOpenId()
  const rows = queue?.rows ?? []
  const ids = rows.map((row) => row.requestId)
  const firstId = ids[0] ?? null
  // What was empty once may have filled since: an error never looks like an empty list.
  const isEmpty = queue !== undefined && rows.length === 0 && !isError
  const place = useRef<HTMLDivElement>(null)
  // What stands beside the list stays there when the list changes, so that nothing is decided in its place.
  const [pinned, setPinned] = useState(openId ?? firstId)
  const besideId = openId ?? pinned
  if (besideId === null && firstId !== null) setPinned(firstId)
  if (openId !== null && openId !== pinned) setPinned(openId)

  const move = (step: 1 | -1) => {
    // The address is ahead of the page by a moment, and keys may be quicker than that.
    const openNow = new URLSearchParams(window.location.search).get("id")
    const id = neighbour(ids, openNow ?? besideId, step)
    if (id === undefined) return
    openRequest(id)
    focusRow(id)
  }
  useShortcuts(shortcuts, place, { j: () => move(1), k: () => move(-1) })

  const nextId = neighbour(ids, besideId, 1)
  const next = nextId !== undefined && nextId !== besideId && (
    <Button asChild variant="primary" className="w-fit">
      <Link
        href={inboxHref(nextId)}
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
      <h1 className="sr-only">Requests</h1>
      <div className="min-w-0 border-line max-lg:group-data-[view=detail]/inbox:hidden lg:overflow-y-auto lg:border-r">
        <header className="sticky top-0 z-10 flex items-baseline gap-3 border-b border-line-soft bg-ground px-4 pt-4 pb-3 sm:px-5">
          <p aria-hidden className="text-xl font-semibold tracking-tight">
            Requests
          </p>
          <p role="status" className="ml-auto text-sm text-ink-3 tabular-nums">
            {queue && !isError && `${rows.length}${queue.isMore ? "+" : ""} waiting`}
          </p>
        </header>
        {isError && (
          <Notice tone="danger" live className="m-4">
            The list could not be renewed. This is the state of <Instant atMs={dataUpdatedAt} style="time" />.
          </Notice>
        )}
        <QueueList rows={rows} selectedId={besideId} />
        {queue?.isMore && (
          <p className="px-5 py-3 text-sm text-ink-3">More are waiting. They appear as these are decided.</p>
        )}
        {isEmpty && (
          <>
            <p className="px-5 py-6 text-sm text-ink-3 max-lg:hidden">Nothing waits for a decision.</p>
            <div className="lg:hidden">
              <EmptyQueue address={address} />
            </div>
          </>
        )}
        <EndedList selectedId={besideId} />
        {shortcuts && rows.length > 0 && (
          <p className="hidden px-5 py-4 text-xs text-ink-3 lg:pointer-fine:block">
            Keys: J and K move{decides && ", A approves, R rejects, N goes to the note"}.
          </p>
        )}
      </div>
      <div className="@container flex min-w-0 flex-col bg-panel max-lg:group-data-[view=list]/inbox:hidden lg:overflow-y-auto">
        <Link
          href="/requests"
          prefetch={false}
          onClick={(event) => {
            event.preventDefault()
            setPinned(null)
            window.history.pushState(null, "", "/requests")
          }}
          className="flex items-center gap-1 border-b border-line-soft px-3 py-2.5 text-sm font-medium text-ink-2 hover:text-ink lg:hidden"
        >
          <ChevronLeftIcon aria-hidden className="size-4" />
          All requests
        </Link>
        {besideId === null ? (
          <div className="my-auto">
            {isEmpty && <EmptyQueue address={address} />}
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
