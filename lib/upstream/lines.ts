import { createDialQueue, type DialQueue, type QueueLimits } from "./dial-queue"

export type Lines = {
  /** Runs when it is its turn among those of its address; null where it did not come to that, as in the queue itself. */
  readonly run: <T>(address: string, work: () => Promise<T>, signal: AbortSignal) => Promise<T | null>
  /** How many addresses stand in line or are served. */
  readonly size: () => number
}

/** A line for each address: `atOnce` of one are served at the same time and `most` wait, so that none is in another's way. */
export function createLines(limits: QueueLimits): Lines {
  const lines = new Map<string, { readonly queue: DialQueue; people: number }>()
  return {
    async run(address, work, signal) {
      const line = lines.get(address) ?? { queue: createDialQueue(limits), people: 0 }
      lines.set(address, line)
      line.people += 1
      try {
        return await line.queue.run(work, signal)
      } finally {
        line.people -= 1
        if (line.people === 0) lines.delete(address)
      }
    },
    size: () => lines.size,
  }
}
