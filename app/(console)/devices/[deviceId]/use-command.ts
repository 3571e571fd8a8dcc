"use client"

import { useQueryClient } from "@tanstack/react-query"
import { unstable_rethrow } from "next/navigation"
import { useState, useTransition } from "react"
import { refusalSentences } from "@/lib/pairing/explain"
import type { LockoutLoss, Refused } from "@/lib/pairing/types"

export type RunningCommand<Input> = {
  readonly isRunning: boolean
  readonly problem: string | null
  /** What the command would cut off, when it was refused for that; null until then. */
  readonly losses: readonly LockoutLoss[] | null
  run(input: Input): void
  clear(): void
}

/**
 * Runs a command of this page. It is done when the store says so; a refusal or a failure is a sentence to show, and
 * in either case the page asks for what is true now.
 */
export function useCommand<Input>(
  action: (input: Input) => Promise<{ readonly ok: true } | Refused>,
  onDone: () => void,
): RunningCommand<Input> {
  const queries = useQueryClient()
  const [isRunning, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const [losses, setLosses] = useState<RunningCommand<Input>["losses"]>(null)
  const clear = () => {
    setProblem(null)
    setLosses(null)
  }
  return {
    isRunning,
    problem,
    losses,
    clear,
    run: (input) =>
      startTransition(async () => {
        clear()
        try {
          const result = await action(input)
          if (result.ok) onDone()
          else if (result.because === "would-lock-out") setLosses(result.losses ?? [])
          else setProblem(refusalSentences[result.because])
        } catch (error) {
          // A session that has ended leaves for the sign-in page.
          unstable_rethrow(error)
          setProblem("The server could not be reached or failed. Look at what is shown now, then try again.")
        }
        await Promise.all([
          queries.invalidateQueries({ queryKey: ["device"] }),
          queries.invalidateQueries({ queryKey: ["devices"] }),
        ])
      }),
  }
}
