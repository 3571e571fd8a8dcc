"use client"

import { type RefObject, useEffect, useRef } from "react"

/**
 * Gives the focus that was on a row to its neighbour, or to the name of the list, when the row goes. `ids` names the
 * rows in their order.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, ids: string): void {
  const lost = useRef<number | null>(null)

  useEffect(() => {
    const root = list.current
    if (root === null) return
    const links = () => [...root.querySelectorAll<HTMLElement>("a[data-waiting]")]
    const onFocusIn = ({ target }: FocusEvent) => {
      lost.current = target instanceof HTMLElement ? links().indexOf(target) : null
    }
    // Some browsers tell of it when the row goes with its focus, before it has gone; that is no leaving for elsewhere.
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      const left = lost.current
      const leave = () => {
        if (target instanceof HTMLElement && target.isConnected && document.hasFocus() && lost.current === left)
          lost.current = null
      }
      if (relatedTarget === null) setTimeout(leave)
      else leave()
    }
    root.addEventListener("focusin", onFocusIn)
    root.addEventListener("focusout", onFocusOut)
    return () => {
      root.removeEventListener("focusin", onFocusIn)
      root.removeEventListener("focusout", onFocusOut)
    }
  }, [list])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the rows have changed.
  useEffect(() => {
    if (lost.current === null || document.activeElement !== document.body) return
    const links = list.current?.querySelectorAll<HTMLElement>("a[data-waiting]")
    const neighbour = links?.[Math.min(lost.current, links.length - 1)]
    const name = document.querySelector<HTMLElement>("[data-slot=queue-name]")
    ;(neighbour ?? name)?.focus()
  }, [list, ids])
}
