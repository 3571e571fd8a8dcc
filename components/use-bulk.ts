"use client"

import { useState } from "react"
import { useCommand } from "@/components/use-command"

/** Gives one command for several, and keeps what became of each; `onOutcomes` is told, and waited for. */
export function useBulk<Input, Outcome>(
  action: (input: Input) => Promise<readonly Outcome[]>,
  onOutcomes: (outcomes: readonly Outcome[]) => Promise<unknown>,
): {
  readonly outcomes: readonly Outcome[] | null
  readonly isRunning: boolean
  run(input: Input): void
} {
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null)
  const [isRunning, start] = useCommand()
  return {
    outcomes,
    isRunning,
    run: (input) =>
      start(async () => {
        const results = await action(input)
        setOutcomes(results)
        await onOutcomes(results)
      }),
  }
}
