"use client"

import { useQueryClient } from "@tanstack/react-query"
import { useBulk as useBulkOf } from "@/components/use-bulk"
import type { DeviceOutcome } from "@/lib/pairing/at-once"

/**
 * Gives one command for several devices, and keeps what became of it on each. Those on which it was done are told, so
 * that only what was refused stays selected.
 */
export function useBulk<Input>(
  action: (input: Input) => Promise<readonly DeviceOutcome[]>,
  onDone: (deviceIds: readonly string[]) => void,
) {
  const queries = useQueryClient()
  return useBulkOf(action, async (outcomes) => {
    onDone(outcomes.filter(({ refused }) => refused === null).map(({ deviceId }) => deviceId))
    await queries.invalidateQueries({ queryKey: ["devices"] })
  })
}
