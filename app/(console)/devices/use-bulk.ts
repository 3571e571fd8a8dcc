"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useCommand } from "@/components/use-command"
import type { DeviceOutcome } from "@/lib/pairing/at-once"

/**
 * Gives one command for several devices, and keeps what became of it on each. Those on which it was done are told, so
 * that only what was refused stays selected.
 */
export function useBulk<Input>(
  action: (input: Input) => Promise<readonly DeviceOutcome[]>,
  onDone: (deviceIds: readonly string[]) => void,
): {
  readonly outcomes: readonly DeviceOutcome[] | null
  readonly isRunning: boolean
  run(input: Input): void
} {
  const queries = useQueryClient()
  const [outcomes, setOutcomes] = useState<readonly DeviceOutcome[] | null>(null)
  const [isRunning, start] = useCommand()
  return {
    outcomes,
    isRunning,
    run: (input) =>
      start(async () => {
        const results = await action(input)
        setOutcomes(results)
        onDone(results.filter(({ refused }) => refused === null).map(({ deviceId }) => deviceId))
        await queries.invalidateQueries({ queryKey: ["devices"] })
      }),
  }
}
