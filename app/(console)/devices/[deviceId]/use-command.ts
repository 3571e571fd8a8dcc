"use client"

import { useQueryClient } from "@tanstack/react-query"
import { unstable_rethrow } from "next/navigation"
import { useState, useTransition } from "react"
import { refusalSentences } from "@/lib/pairing/explain"
import type { Refused } from "@/lib/pairing/types"

/**
 * Runs a command of this page. It is done when the store says so; a refusal or a failure is a sentence to show, and
 * in either case the page asks for what is true now.
 */
export function useCommand<Input>(
  action: (input: Input) => Promise<{ readonly ok: true } | Refused>,
  onDone: () => void,
): { readonly isRunning: boolean; readonly problem: string | null; run(input: Input): void; clear(): void } {
  const queries = useQueryClient()
  const [isRunning, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  return {
    isRunning,
    problem,
    clear: () => setProblem(null),
    run: (input) =>
      startTransition(async () => {
        setProblem(null)
        try {
          const result = await action(input)
          if (result.ok) onDone()
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
