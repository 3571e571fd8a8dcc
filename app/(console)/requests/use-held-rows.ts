"use client"

import { useState } from "react"
import type { RequestRow } from "@/lib/console/request-types"
import { type HeldRow, type Holds, holdRows } from "./hold-rows"

const free: Holds = { arrivals: false, endings: false, openId: null }
const none: readonly HeldRow<RequestRow>[] = []

/** The rows of the list, which follow the queue only as far as nobody is disturbed by it. */
export function useHeldRows(waiting: readonly RequestRow[] | undefined, holds: Holds) {
  // Null until the queue is known: what waits by then has not just arrived.
  const [shown, setShown] = useState<readonly HeldRow<RequestRow>[] | null>(null)
  const next = waiting === undefined ? shown : holdRows(shown ?? none, waiting, shown === null ? free : holds)
  if (next !== shown) setShown(next)
  const ids = new Set(next?.map(({ row }) => row.requestId))
  return {
    shown: next ?? none,
    /** Those that came since, and are not in the list yet. */
    arrived: (waiting ?? []).filter((row) => !ids.has(row.requestId)),
    /** Lets the list follow once: what came is in it, what ended is not. */
    follow: () => waiting && setShown(holdRows(next ?? none, waiting, free)),
  }
}
