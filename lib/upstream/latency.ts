import type { Latency } from "@/lib/store/upstream-board"

const kept = 240

/** The last measured times of answers, in milliseconds. */
export function createLatency() {
  let samples: number[] = []
  return {
    add(ms: number) {
      samples = [...samples, ms].slice(-kept)
    },
    clear() {
      samples = []
    },
    /** The middle and the slowest twentieth; null before the first sample. */
    read(): Latency | null {
      const sorted = [...samples].sort((one, other) => one - other)
      const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
      const [p50Ms, p95Ms] = [at(0.5), at(0.95)]
      return p50Ms === undefined || p95Ms === undefined ? null : { p50Ms, p95Ms, samples: sorted.length }
    },
  }
}
