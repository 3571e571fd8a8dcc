const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

/** Round values from nothing to at least the greatest of some, at equal distances of one, two or five tens. */
export function valueTicks(most: number, about: number): readonly number[] {
  const exact = Math.max(most, 1) / about
  const power = 10 ** Math.floor(Math.log10(exact))
  const rest = exact / power
  const step = power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.sqrt(2) ? 2 : 1)
  const count = Math.ceil(most / step)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

type Unit = "minute" | "hour" | "day" | "month" | "year"

/** The distances at which instants are named, with about how long each is. */
const distances: readonly (readonly [Unit, count: number, ms: number])[] = [
  ...([1, 5, 15, 30] as const).map((count) => ["minute", count, count * minuteMs] as const),
  ...([1, 3, 6, 12] as const).map((count) => ["hour", count, count * hourMs] as const),
  ...([1, 2, 7] as const).map((count) => ["day", count, count * dayMs] as const),
  ...([1, 3] as const).map((count) => ["month", count, count * 30 * dayMs] as const),
  ...([1, 2, 5, 10] as const).map((count) => ["year", count, count * 365 * dayMs] as const),
]

/** About so many round instants of the local time between two others, at least a minute apart. */
export function timeTicks(fromMs: number, untilMs: number, about: number): readonly number[] {
  const wanted = Math.log((untilMs - fromMs) / about)
  const off = ([, , ms]: (typeof distances)[number]) => Math.abs(Math.log(ms) - wanted)
  const [unit, count] = distances.reduce((best, each) => (off(each) < off(best) ? each : best))
  const ticks: number[] = []
  for (let index = 0; ; index += 1) {
    const atMs = roundInstant(new Date(fromMs), unit, count, index)
    if (atMs > untilMs) return ticks
    // When the clocks are set back, an hour of theirs comes twice.
    if (atMs >= fromMs && atMs !== ticks.at(-1)) ticks.push(atMs)
  }
}

/** The round instant before another, or the one so many further on. */
function roundInstant(from: Date, unit: Unit, count: number, index: number): number {
  const [year, month, day, hour, minute] = [
    from.getFullYear(),
    from.getMonth(),
    from.getDate(),
    from.getHours(),
    from.getMinutes(),
  ]
  const next = (value: number) => value - (value % count) + index * count
  switch (unit) {
    case "minute":
      return new Date(year, month, day, hour, next(minute)).getTime()
    case "hour":
      return new Date(year, month, day, next(hour)).getTime()
    case "day":
      // Weeks begin on Monday, everything else with the month.
      return new Date(
        year,
        month,
        count === 7 ? day - ((from.getDay() + 6) % 7) + index * 7 : next(day - 1) + 1,
      ).getTime()
    case "month":
      return new Date(year, next(month)).getTime()
    case "year":
      return new Date(next(year), 0).getTime()
  }
}
