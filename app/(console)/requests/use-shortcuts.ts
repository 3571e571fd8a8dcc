"use client"

import { type RefObject, useEffect, useRef } from "react"

/** Whether something lies over the page. */
export function isCovered(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null
}

/** Whether a key belongs to what has the focus, or to something that lies over the page. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing) return true
  if (event.ctrlKey || event.metaKey || event.altKey || isCovered()) return true
  const { target } = event
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"))
  )
}

/**
 * Single keys that do something with a place of this page, while it is on the screen and unless their owner has
 * switched them off. With `isFirst` others that hear the same key do not.
 */
export function useShortcuts(
  isOn: boolean,
  place: RefObject<HTMLElement | null>,
  keys: Readonly<Record<string, (event: KeyboardEvent) => void>>,
  isFirst = false,
): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (!isOn) return
    const onKeyDown = (event: KeyboardEvent) => {
      const act = Object.hasOwn(latest.current, event.key.toLowerCase())
        ? latest.current[event.key.toLowerCase()]
        : undefined
      if (act === undefined || isTaken(event)) return
      // A style sheet may hide what is mounted, as it does in a narrow window.
      if (place.current === null || place.current.getClientRects().length === 0) return
      event.preventDefault()
      act(event)
    }
    // What is done with a key is not open to others: they see that its default was prevented.
    document.addEventListener("keydown", onKeyDown, isFirst)
    return () => document.removeEventListener("keydown", onKeyDown, isFirst)
  }, [isOn, place, isFirst])
}
