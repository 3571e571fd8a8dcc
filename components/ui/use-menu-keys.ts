"use client"

import { type RefObject, useRef } from "react"

const typingMs = 700

const itemsOf = (menu: HTMLElement | null) =>
  [...(menu?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])].filter(
    (item) => item.getAttribute("aria-disabled") !== "true",
  )

/** The keys of an open menu: arrows, Home and End go through it, letters to what begins so, Enter and Space choose. */
export function useMenuKeys(menu: RefObject<HTMLElement | null>, close: () => void) {
  const typed = useRef({ text: "", atMs: 0 })

  const focusItem = (which: "first" | "last") =>
    itemsOf(menu.current)
      .at(which === "first" ? 0 : -1)
      ?.focus()

  const step = (by: 1 | -1) => {
    const items = itemsOf(menu.current)
    const at = items.findIndex((item) => item.matches(":focus"))
    const from = at === -1 && by === -1 ? 0 : at
    items.at((from + by) % items.length)?.focus()
  }
  const type = (letter: string, atMs: number) => {
    const text = atMs - typed.current.atMs < typingMs ? typed.current.text + letter : letter
    typed.current = { text, atMs }
    const items = itemsOf(menu.current)
    // The same letter again goes to the next one that begins with it.
    const isAgain = new Set(text).size === 1
    const at = items.findIndex((item) => item.matches(":focus")) + (isAgain ? 1 : 0)
    const wanted = isAgain ? letter : text
    const inTurn = [...items.slice(Math.max(at, 0)), ...items.slice(0, Math.max(at, 0))]
    inTurn.find((item) => item.textContent?.trim().toLowerCase().startsWith(wanted))?.focus()
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    // The focus goes back first, so that the page goes on from there.
    if (key === "Tab") return close()
    if (key === "ArrowDown") step(1)
    else if (key === "ArrowUp") step(-1)
    else if (key === "Home" || key === "PageUp") focusItem("first")
    else if (key === "End" || key === "PageDown") focusItem("last")
    else if (key === "Escape") close()
    else if ((key === "Enter" || key === " ") && target instanceof HTMLElement) {
      if (!event.repeat && target !== menu.current) target.click()
    } else if (key.length === 1) type(key.toLowerCase(), event.timeStamp)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { onKeyDown, focusItem }
}
