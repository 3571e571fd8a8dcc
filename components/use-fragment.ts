"use client"

import { useSyncExternalStore } from "react"

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}

/** What stands behind the `#` of the address, which browsers send to nobody; null until the page runs in one. */
export function useFragment(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => location.hash.slice(1),
    () => null,
  )
}
