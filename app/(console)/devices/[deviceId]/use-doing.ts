"use client"

import { useSearchParams } from "next/navigation"
import { type Doing, doings } from "./doings"

const parameter = "do"

/** What the address asks to be done with the device, and a way to be done with that. */
export function useDoing(): { readonly doing: Doing | null; readonly stop: () => void } {
  const params = useSearchParams()
  const asked = params.get(parameter)
  const doing = doings.find((each) => each === asked) ?? null
  const stop = () => {
    if (asked === null) return
    const next = new URLSearchParams(params)
    next.delete(parameter)
    const query = next.toString()
    window.history.replaceState(null, "", query === "" ? window.location.pathname : `?${query}`)
  }
  return { doing, stop }
}
