/** Places for handshakes with the gateway behind, which admits few at a time. */
export type DialQueue = {
  /** Runs when a place is free; null at once when too many wait already. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T | null>
  readonly waiting: () => number
}

/**
 * At most `atOnce` at the same time and `most` waiting, first come first served. The real gateway admits 32 sockets
 * of one address that have not logged in, and all of ours come from one.
 */
export function createDialQueue({ atOnce, most }: { atOnce: number; most: number }): DialQueue {
  const line: (() => void)[] = []
  let working = 0

  function free() {
    const next = line.shift()
    if (next === undefined) working -= 1
    else next()
  }

  return {
    async run(work) {
      if (working < atOnce) working += 1
      else if (line.length >= most) return null
      else await new Promise<void>((resolve) => line.push(resolve))
      try {
        return await work()
      } finally {
        free()
      }
    },
    waiting: () => line.length,
  }
}
