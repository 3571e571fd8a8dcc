"use client"

import { unstable_rethrow } from "next/navigation"
import { useCallback, useTransition } from "react"
import { showToast } from "@/components/toast"

/**
 * Runs an action of a button: whether one is under way, and a way to start one. Where the server does not answer it
 * says that nothing is known to have changed; what the server refuses is for the caller to say.
 */
export function useCommand(): readonly [boolean, (work: () => Promise<void>) => void] {
  const [isBusy, start] = useTransition()
  const run = useCallback(
    (work: () => Promise<void>) =>
      start(async () => {
        try {
          await work()
        } catch (error) {
          unstable_rethrow(error)
          showToast("danger", "The server did not answer as it should. Look again before you try again.")
        }
      }),
    [],
  )
  return [isBusy, run]
}
