"use client"

import { useQueryClient } from "@tanstack/react-query"
import { unstable_rethrow } from "next/navigation"
import { useState, useTransition } from "react"
import { renewRows } from "@/components/queue-renewal"
import type { DecisionResult } from "./decision-result"
import { setWantsFocus } from "./inbox-link"

export type Refused = Extract<DecisionResult, { ok: false }>

/** Told whether what it would cut off was read and is wanted. */
type Action = (confirmedLockout: boolean) => Promise<DecisionResult>

/**
 * Carries out one decision at a time. It counts as done when the server says so and the request has been read again;
 * what was refused, or never arrived, is kept for the page to say, with the way to do it all the same where it would lock
 * somebody out.
 */
export function useDecision(requestId: string) {
  const queries = useQueryClient()
  const [isPending, start] = useTransition()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [again, setAgain] = useState<(() => void) | null>(null)

  function decide(action: Action, confirmedLockout = false): void {
    if (isPending) return
    setRefused(null)
    setAgain(() => () => decide(action, true))
    // What was pressed goes away with the decision; its outcome takes the focus instead.
    setWantsFocus(true)
    start(async () => {
      const result = await action(confirmedLockout).catch((error: unknown): DecisionResult => {
        // Who may not decide any more leaves the page: then it is known that nothing was done.
        unstable_rethrow(error)
        return { ok: false, because: "unreachable", end: null }
      })
      void renewRows(queries, { requests: new Set([requestId]) })
      void queries.invalidateQueries({ queryKey: ["requests", "ended"] })
      void queries.invalidateQueries({ queryKey: ["shell"] })
      await queries.invalidateQueries({ queryKey: ["request", requestId] })
      if (!result.ok) setWantsFocus(false)
      setRefused(result.ok ? null : result)
    })
  }
  return { decide: (action: Action) => decide(action), isPending, refused, again }
}
