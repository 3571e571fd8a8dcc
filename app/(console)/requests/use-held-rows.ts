"use client"

import { useState } from "react"
import type { RequestQueue, RequestRow } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"
import { type HeldRow, type Holds, holdRows } from "./hold-rows"

const free: Holds = { arrivals: false, endings: false, openId: null }
const none: readonly HeldRow<RequestRow>[] = []

type Shown = {
  readonly rows: readonly HeldRow<RequestRow>[]
  readonly wasMore: boolean
  readonly reason: PairingReason | null
}

/** The rows of the list, which follow the queue only as far as nobody is disturbed by it. */
export function useHeldRows(queue: RequestQueue | undefined, holds: Holds) {
  const [last, setShown] = useState<Shown | null>(null)
  const reason = queue?.reason ?? null
  // Null until the queue is known, also that of another reason: what waits by then has not just arrived.
  const shown = last?.reason === reason ? last : null
  const waiting = queue?.rows
  // What a list leaves out at first is no news when it comes, and it comes below what is there.
  const held = shown?.wasMore ? { ...holds, arrivals: false } : holds
  const next = waiting === undefined ? shown?.rows : holdRows(shown?.rows ?? none, waiting, shown ? held : free)
  const isMore = queue?.isMore ?? false
  if (next !== undefined && (next !== shown?.rows || isMore !== shown.wasMore))
    setShown({ rows: next, wasMore: isMore, reason })
  const ids = new Set(next?.map(({ row }) => row.requestId))
  return {
    shown: next ?? none,
    /** Those that came since, and are not in the list yet. */
    arrived: (waiting ?? []).filter((row) => !ids.has(row.requestId)),
    /** Lets the list follow once: what came is in it, what ended is not. */
    follow: () => waiting && setShown({ rows: holdRows(next ?? none, waiting, free), wasMore: isMore, reason }),
  }
}
