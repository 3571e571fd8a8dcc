/** The clock that all processes on one database share: that of the database. On SQLite it is the one of the machine. */
export type Clock = {
  /** Milliseconds since the epoch, for everything that is compared with a stored time. */
  now(): number
  /** Takes over what the database said between two readings of this machine's own clock. */
  compare(reading: { readonly sentAtMs: number; readonly databaseMs: number; readonly heardAtMs: number }): void
}

/** An answer that took longer tells too little: the database may have looked at its clock at either end of that time. */
const longestTripMs = 500

/** A clock that goes as this machine's does until it is compared; `ownMs` reads that one. */
export function createClock(ownMs: () => number = () => Date.now()): Clock {
  let aheadMs: number | null = null
  return {
    now: () => Math.round(ownMs() + (aheadMs ?? 0)),
    compare({ sentAtMs, databaseMs, heardAtMs }) {
      const tripMs = heardAtMs - sentAtMs
      // The first one is better than nothing. Below zero, the own clock was set back meanwhile.
      if (aheadMs !== null && (tripMs < 0 || tripMs > longestTripMs)) return
      aheadMs = databaseMs - (sentAtMs + heardAtMs) / 2
    },
  }
}
