import { createDialQueue, type DialQueue } from "./dial-queue"

export type Lines = {
  /** Runs when it is its turn among those of its address; null at once when too many of them wait already. */
  readonly run: <T>(address: string, work: () => Promise<T>) => Promise<T | null>
  /** How many addresses stand in line or are served. */
  readonly size: () => number
}

/** A line for each address: `atOnce` of one are served at the same time and `most` wait, so that none is in another's way. */
export function createLines(limits: { atOnce: number; most: number }): Lines {
  const lines = new Map<string, { readonly queue: DialQueue; people: number }>()
  return {
    async run(address, work) {
      const line = lines.get(address) ?? { queue: createDialQueue(limits), people: 0 }
      lines.set(address, line)
      line.people += 1
      try {
        return await line.queue.run(work)
      } finally {
        line.people -= 1
        if (line.people === 0) lines.delete(address)
      }
    },
    size: () => lines.size,
  }
}
