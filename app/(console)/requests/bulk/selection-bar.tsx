"use client"

import { XIcon } from "lucide-react"
import dynamic from "next/dynamic"
import { type RefObject, useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import type { RequestRow } from "@/lib/console/request-types"
import { mostAtOnce } from "@/lib/pairing/at-once"
import { focusRow } from "../use-queue-keys"
import { useShortcuts } from "../use-shortcuts"
import type { QueueSelection } from "./use-queue-selection"

const BulkDialog = dynamic(() => import("./bulk-dialog").then((parts) => parts.BulkDialog))

/** How many requests are selected, and the way to decide them together. It lies over the list, so that no row moves. */
export function SelectionBar({
  selection,
  ids,
  follow,
  place,
  shortcuts,
}: {
  selection: QueueSelection
  /** The rows that the list shows and that wait, in its order. */
  ids: readonly string[]
  /** Lets what was decided go from the list. */
  follow: () => void
  place: RefObject<HTMLElement | null>
  shortcuts: boolean
}) {
  // What is decided stays named when it is selected no more.
  const [open, setOpen] = useState<{ readonly rows: readonly RequestRow[]; readonly at: number } | null>(null)
  const [isDecided, setDecided] = useState(false)
  const now = useRef(ids)
  useEffect(() => {
    now.current = ids
  })
  const review = useRef<HTMLButtonElement>(null)
  const { rows, waiting } = selection
  const decide = () => setOpen({ rows, at: ids.findIndex((id) => selection.has(id)) })
  // Before the bar of the open request hears it: what has ticks is meant, not what stands beside the list.
  useShortcuts(shortcuts && waiting > 0 && open === null, place, { a: decide, r: decide }, true)
  const ended = rows.length - waiting
  const clear = () => {
    selection.drop(rows.map(({ requestId }) => requestId))
    selection.setMode(false)
  }
  /** What was pressed may be gone with what was selected: then the row that took the place of the first is next. */
  const giveFocus = (at: number) => {
    if (review.current?.isConnected) return review.current.focus()
    const next = now.current[Math.min(at, now.current.length - 1)]
    if (next !== undefined && focusRow(next)) return
    document.querySelector<HTMLElement>("[data-slot=queue-name]")?.focus()
  }
  return (
    <>
      {(waiting > 0 || selection.isMode) && (
        <section
          aria-label="Selected requests"
          className="sticky bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-10 m-2 flex flex-wrap items-center gap-x-2 gap-y-1.5 rounded-lg border border-line bg-panel px-3 py-2 shadow-float sm:mx-3 md:bottom-2"
        >
          <p role="status" className="mr-auto text-sm text-ink-2 tabular-nums">
            {waiting === 0 ? "None selected" : `${waiting} selected`}
            {ended > 0 && `, ${ended} ended`}
            {waiting === mostAtOnce && ", the most at once"}
          </p>
          <Button size="sm" variant="ghost" onClick={clear}>
            <XIcon aria-hidden />
            Clear
          </Button>
          <Button ref={review} size="sm" variant="primary" disabled={waiting === 0} onClick={decide}>
            Review and decide
          </Button>
        </section>
      )}
      {open !== null && (
        <BulkDialog
          rows={open.rows}
          onEnded={(requestIds) => {
            selection.drop(requestIds)
            setDecided(true)
          }}
          onClose={() => {
            setOpen(null)
            setDecided(false)
            if (isDecided) follow()
            if (waiting === 0) selection.setMode(false)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveFocus(Math.max(open.at, 0))
          }}
        />
      )}
    </>
  )
}
