"use client"

import { type RefObject, useEffect, useRef } from "react"

/** Whether something lies over the page. */
export function isCovered(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null
}

/** How long after a letter the next one is of the same text. */
const pauseMs = 700
let typedAtMs = Number.NEGATIVE_INFINITY

/**
 * Whether a key goes on what was being typed into something that lay over the page until a moment ago, and is none of
 * the page. It hears every key: Escape and Enter end what was typed.
 */
function goesOn({ key, timeStamp, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isWithin = timeStamp - typedAtMs < pauseMs
  if (key === "Escape" || key === "Enter") typedAtMs = Number.NEGATIVE_INFINITY
  else if (key.length > 1 || ctrlKey || metaKey || altKey) return false
  else if (isWithin || isCovered()) typedAtMs = timeStamp
  return isWithin
}

/** Whether a key belongs to what has the focus, or to something that lies over the page or did so a moment ago. */
export function isTaken(event: KeyboardEvent): boolean {
  if (goesOn(event)) return true
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
      // Asked of every key, so that it knows what is being typed.
      if (isTaken(event)) return
      const key = event.key.toLowerCase()
      const act = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined
      if (act === undefined) return
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
