/** Something for a process to load first, after which its clock is ahead of the machine's, or behind it. */
export function shiftedClock(aheadMs: number): string {
  const code = `const Real = Date
    const now = () => Real.now() + ${aheadMs}
    globalThis.Date = new Proxy(Real, {
      construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
      get: (target, property) => (property === "now" ? now : Reflect.get(target, property)),
    })`
  return `data:text/javascript,${encodeURIComponent(code)}`
}
