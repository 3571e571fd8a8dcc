/** Places for handshakes with the gateway behind, which admits few at a time. */
export type DialQueue = {
  /**
   * Runs when a place is free. Null where it did not come to that: too many wait already, it waited too long, or
   * nobody wants it any more.
   */
  readonly run: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T | null>
  /**
   * A place for what nobody waits for, with the way to give it back; null when none is free. `wantBack` is called as
   * soon as a client needs it, and gives it back at once.
   */
  readonly lend: (wantBack: () => void) => (() => void) | null
  readonly waiting: () => number
}

export type QueueLimits = {
  readonly atOnce: number
  /** Most that wait. */
  readonly most: number
  /** Longest wait of one. */
  readonly waitMs: number
}

/**
 * At most `atOnce` at the same time and `most` waiting, first come first served. The real gateway admits 32 sockets
 * of one address that have not logged in, and all of ours come from one.
 */
export function createDialQueue({ atOnce, most, waitMs }: QueueLimits): DialQueue {
  const line = new Set<() => void>()
  const lent = new Set<() => void>()
  let working = 0

  function free() {
    const [next] = line
    if (next === undefined) working -= 1
    else next()
  }

  /** Whether a place came: it is handed over by whoever had it, so nobody steps in between. */
  function wait(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (hasPlace: boolean) => {
        line.delete(enter)
        clearTimeout(timer)
        signal.removeEventListener("abort", giveUp)
        resolve(hasPlace)
      }
      const enter = () => leave(true)
      const giveUp = () => leave(false)
      const timer = setTimeout(giveUp, waitMs)
      signal.addEventListener("abort", giveUp)
      line.add(enter)
    })
  }

  return {
    async run(work, signal) {
      if (signal.aborted) return null
      const [wantBack] = lent
      if (working >= atOnce) wantBack?.()
      if (working < atOnce) working += 1
      else if (line.size >= most || !(await wait(signal))) return null
      try {
        return await work()
      } finally {
        free()
      }
    },
    lend(wantBack) {
      if (working >= atOnce) return null
      working += 1
      lent.add(wantBack)
      return () => {
        if (lent.delete(wantBack)) free()
      }
    },
    waiting: () => line.size,
  }
}
