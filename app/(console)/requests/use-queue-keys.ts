"use client"

import { type RefObject, useEffect, useEffectEvent, useRef } from "react"
import { focusIfOpened, openRequest, setWantsFocus } from "./inbox-link"
import { isTaken, useShortcuts } from "./use-shortcuts"

const heading = () => document.querySelector<HTMLElement>("[data-slot=request-name]")

/** Moves the focus to a row of the queue; false where the list shows none of this id. */
export function focusRow(requestId: string): boolean {
  for (const link of document.querySelectorAll<HTMLElement>("a[data-waiting]")) {
    if (link.dataset.waiting !== requestId || link.getClientRects().length === 0) continue
    link.focus()
    return true
  }
  return false
}

/** Gives the focus of a field of a request back to its row, or to its name where the list has none. */
export function leaveField(requestId: string): void {
  if (!focusRow(requestId)) heading()?.focus()
}

/** The id of the row that has the focus; null where none has. */
function focusedRow(): string | null {
  const { activeElement } = document
  return activeElement instanceof HTMLElement ? (activeElement.dataset.waiting ?? null) : null
}

/** The keys that move through the queue, into a request and back. */
export function useQueueKeys({
  place,
  isOn,
  decides,
  ids,
  besideId,
  openId,
  lastAt,
  close,
  follow,
}: {
  place: RefObject<HTMLElement | null>
  isOn: boolean
  decides: boolean
  /** The rows that the list shows, in its order. */
  ids: readonly string[]
  besideId: string | null
  openId: string | null
  /** Where in the list the request beside it stood, should it be gone. */
  lastAt: number
  /** Leaves the request for the list, in a window that shows one of them. */
  close: () => void
  /** Lets rows that wait behind the list into it; returns the first of them. */
  follow: () => string | undefined
}): void {
  const leftId = useRef<string | null>(null)

  // The address is ahead of the page by a moment, and keys may be quicker than that.
  const openNow = () => new URLSearchParams(window.location.search).get("id") ?? besideId
  const move = (step: 1 | -1, now = openNow(), isBeside = true) => {
    const at = now === null ? -1 : ids.indexOf(now)
    const next = at === -1 ? lastAt + (step === 1 ? 0 : -1) : at + step
    const id = ids[Math.max(next, 0)] ?? (step === 1 ? follow() : undefined) ?? (at === -1 ? ids.at(-1) : undefined)
    if (id === undefined || id === now) return
    if (isBeside) openRequest(id)
    focusRow(id)
  }
  const moveFrom = useEffectEvent((step: 1 | -1) => {
    const focused = focusedRow() ?? undefined
    // Where the request takes the place of the list, the arrows stay in the list.
    move(step, focused, window.matchMedia("(width >= 64rem)").matches)
  })
  const open = () => {
    const id = focusedRow() ?? besideId ?? ids[0]
    if (id === undefined) return
    setWantsFocus(true)
    if (id === besideId) focusIfOpened(heading())
    if (id !== openId) openRequest(id)
  }
  const back = () => {
    const { activeElement } = document
    const isHere = activeElement === document.body || place.current?.contains(activeElement)
    if (!isHere || focusedRow() !== null) return
    const id = besideId ?? ids[0]
    if (id !== undefined && focusRow(id)) return
    const isListHidden = place.current?.querySelector("[data-slot=queue]")?.getClientRects().length === 0
    if (isListHidden) {
      leftId.current = id ?? null
      close()
    } else if (!focusRow(ids[Math.min(lastAt, ids.length - 1)] ?? "")) {
      place.current?.querySelector<HTMLElement>("[data-slot=queue-name]")?.focus()
    }
  }
  const fewer = () => {
    const tick = place.current?.querySelector<HTMLElement>("article table [role=checkbox]:not(:disabled)")
    tick?.focus()
  }

  // In a narrow window the list, or the request, comes on the screen after the address has changed.
  useEffect(() => {
    if (openId !== null) focusIfOpened(heading())
    else if (leftId.current !== null) focusRow(leftId.current)
    leftId.current = null
  }, [openId])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : null
      if (step === null || focusedRow() === null || event.shiftKey || isTaken(event)) return
      event.preventDefault()
      moveFrom(step)
    }
    document.addEventListener("keydown", onKeyDown)
    return () => document.removeEventListener("keydown", onKeyDown)
  }, [])

  useShortcuts(isOn, place, { j: () => move(1), k: () => move(-1), o: open, ...(decides && { f: fewer }) })
  useShortcuts(true, place, { escape: back })
}
