"use client"

import { useSearchParams } from "next/navigation"
import { formatHistoryWindow, type HistoryWindow, parseHistoryWindow } from "@/lib/console/history-window"

const parameter = "history"

/** The part of the history that the address names, and a way to name another. */
export function useHistoryWindow(whole: HistoryWindow) {
  const params = useSearchParams()
  const part = parseHistoryWindow(params.get(parameter), whole)
  const show = (text: string | null) => {
    const next = new URLSearchParams(params)
    if (text === null) next.delete(parameter)
    else next.set(parameter, text)
    const query = next.toString()
    window.history.replaceState(null, "", query === "" ? window.location.pathname : `?${query}`)
  }
  return { part, show, look: (at: HistoryWindow) => show(formatHistoryWindow(at, whole)) }
}
