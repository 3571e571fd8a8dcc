"use client"

import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import { useSelection } from "@/components/use-selection"
import type { RequestRow } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"
import type { HeldRow } from "../hold-rows"
import { useShortcuts } from "../use-shortcuts"

export type QueueSelection = {
  /** What was selected, as the list showed it; also what has ended since. */
  readonly rows: readonly RequestRow[]
  /** How many of them still wait. */
  readonly waiting: number
  has(requestId: string): boolean
  /** Stays the same function, so that no row is drawn again because of it. */
  readonly toggle: (row: RequestRow, isRange: boolean) => void
  drop(requestIds: readonly string[]): void
  /** Where there is no pointer to point with, selecting is a mode: a touch of a row selects it. */
  readonly isMode: boolean
  setMode(isMode: boolean): void
}

/** How the ticks stand in the rows: asked for by pointer or focus, always, or so that a press of the row sets them. */
export type Ticks = "asked" | "shown" | "mode"

/** How the ticks stand; null for those who decide nothing. */
export function ticksOf(selection: QueueSelection | null): Ticks | null {
  if (selection === null) return null
  return selection.isMode ? "mode" : selection.waiting > 0 ? "shown" : "asked"
}

const idOf = ({ requestId }: RequestRow) => requestId

/**
 * The requests that somebody means to decide together. Rows may come and go meanwhile: what ended is not selected any
 * more, but remembered, for its device may ask something else in its place.
 */
export function useQueueSelection({
  place,
  isOn,
  shown,
  waiting,
  besideId,
  reason,
}: {
  place: RefObject<HTMLElement | null>
  /** Whether the keys for it are on. */
  isOn: boolean
  shown: readonly HeldRow<RequestRow>[]
  waiting: readonly RequestRow[] | undefined
  besideId: string | null
  /** The one reason that the list shows; null for any. */
  reason: PairingReason | null
}): QueueSelection {
  const [isMode, setMode] = useState(false)
  const present = shown.filter(({ hasEnded }) => !hasEnded).map(({ row }) => row)
  const selection = useSelection(present, idOf)
  // What is shown no more is decided by nobody's mistake.
  const hidden = [...selection.rows.values()].filter((row) => reason !== null && row.reason !== reason)
  if (hidden.length > 0) selection.drop(hidden.map(idOf))
  const waits = new Set(waiting?.map(idOf))
  const selected = [...selection.rows.values()]
  const live = selected.filter(({ requestId }) => waits.has(requestId)).length
  if (waiting !== undefined && live === 0 && selected.length > 0) selection.drop(selected.map(idOf))

  const latest = useRef(selection.toggle)
  useEffect(() => {
    latest.current = selection.toggle
  })
  const toggle = useCallback((row: RequestRow, isRange: boolean) => latest.current(row, isRange), [])

  const toggleCurrent = (isRange: boolean) => {
    const focused = document.activeElement?.closest("li")?.querySelector<HTMLElement>("a[data-waiting]")
    const id = focused?.dataset.waiting ?? besideId
    const row = present.find(({ requestId }) => requestId === id)
    if (row !== undefined) selection.toggle(row, isRange)
  }
  useShortcuts(isOn, place, { x: ({ shiftKey }) => toggleCurrent(shiftKey) })

  return {
    rows: selected,
    waiting: live,
    has: (requestId) => selection.rows.has(requestId),
    toggle,
    drop: selection.drop,
    isMode,
    setMode,
  }
}
