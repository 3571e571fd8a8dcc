import type { Store } from "@/lib/store/store"
import { longestWord } from "@/lib/store/words"
import type { Throttle } from "./throttle"

const tellEveryMs = 1_000
/** Around the sources of a word. */
const frameBytes = 100

/**
 * Has failures count on every process, wherever they happened: each tells the others about once a second what it counted.
 * Returns how to end it.
 */
export function shareFailures({ processes }: Pick<Store, "processes">, throttle: Throttle): () => void {
  const stopHearing = processes.hear((word) => {
    if (word.kind === "failures") throttle.hear(word.sources)
  })
  const telling = setInterval(() => {
    const sources = throttle.takeNews(longestWord - frameBytes)
    if (sources.length > 0) processes.say({ kind: "failures", sources })
  }, tellEveryMs)
  telling.unref()
  return () => {
    stopHearing()
    clearInterval(telling)
  }
}

/** What one of several gateways may give of a limit, so that all of them together keep to it; at least one, unless nobody may have any. */
export function shareOf(limit: number, gateways: number): number {
  return Math.min(limit, Math.max(1, Math.floor(limit / gateways)))
}
