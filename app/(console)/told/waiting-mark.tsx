"use client"

import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { shellQuery } from "@/components/shell-query"
import { iconWithCount } from "./icon-with-count"

/** Puts how many wait into the title and the icon of the tab, and onto the icon of the installed console. */
export function WaitingMark() {
  const { data: shell, isError } = useQuery(shellQuery())
  // What is not known is not told: an old number would be believed.
  const count = isError ? 0 : (shell?.waiting ?? 0)
  const text = shell?.waitingIsMore ? `${count}+` : String(count)

  useEffect(() => {
    if (count === 0) return
    let [plainTitle, ownTitle] = [document.title, ""]
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]")
    const plainIcon = icon?.href
    if (icon) icon.href = iconWithCount(count)
    const mark = () => {
      if (document.title === ownTitle) return
      plainTitle = document.title
      ownTitle = `(${text}) ${plainTitle}`
      document.title = ownTitle
    }
    mark()
    // Every page brings a title of its own.
    const observer = new MutationObserver(mark)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      if (document.title === ownTitle) document.title = plainTitle
      if (icon && plainIcon !== undefined) icon.href = plainIcon
    }
  }, [count, text])

  useEffect(() => {
    // Browsers that do not know it, and consoles that are not installed, have no such icon.
    if (!("setAppBadge" in navigator)) return
    const set = count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count)
    set.catch(() => undefined)
  }, [count])

  return null
}
