/**
 * The demo tells six weeks in half a minute: while its story runs, `Date` of this one process tells a past instant
 * that only moves forward. So nothing is written with a false time afterwards; connects, decisions, tokens and the
 * sealed audit log are made by the very code that always makes them. Timers and `performance` run as ever.
 */
export type DemoClock = {
  /** Moves on to an instant; an earlier one than now is ignored. */
  readonly moveTo: (atMs: number) => void
  /** Back to the real time, for good. */
  readonly end: () => void
}

/** Sets the clock of this process back to `startMs`. */
export function startDemoClock(startMs: number): DemoClock {
  const RealDate = globalThis.Date
  let offsetMs = startMs - RealDate.now()

  const now = () => RealDate.now() + offsetMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
    get: (target, property) => (property === "now" ? now : Reflect.get(target, property)),
  })
  return {
    moveTo: (atMs) => {
      offsetMs = Math.max(offsetMs, atMs - RealDate.now())
    },
    end: () => {
      globalThis.Date = RealDate
    },
  }
}
