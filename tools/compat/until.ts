import { setTimeout as pause } from "node:timers/promises"

/** Asks until there is an answer; every moment, so that what comes is seen when it comes. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null | undefined>,
  patienceMs = 90_000,
): Promise<Found> {
  const untilMs = Date.now() + patienceMs
  while (Date.now() < untilMs) {
    const found = await look()
    if (found !== null && found !== undefined) return found
    await pause(50)
  }
  throw new Error(`${what} never came`)
}
