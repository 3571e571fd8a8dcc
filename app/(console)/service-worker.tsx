"use client"

import { useEffect } from "react"

/** Lets the browser keep the page that says that Gatehouse cannot be reached; and nothing else. */
export function ServiceWorker() {
  useEffect(() => {
    // Browsers have none over http from another machine, and refuse one behind a certificate they do not trust.
    navigator.serviceWorker?.register("/sw.js").catch(() => undefined)
  }, [])
  return null
}
