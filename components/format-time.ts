const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long, in the largest unit that says enough: "45 s", "12 min", "3 h", "9 days". */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)} h`
  return `${Math.floor(ms / dayMs)} days`
}

/** How long is left, to the nearest whole unit: seconds after it was set to eight hours it is eight hours, not seven. */
export function formatLeft(leftMs: number): string {
  const nearest = (unitMs: number) => Math.round(leftMs / unitMs) * unitMs
  if (nearest(secondMs) < minuteMs) return formatDuration(nearest(secondMs))
  if (nearest(minuteMs) < hourMs) return formatDuration(nearest(minuteMs))
  return formatDuration(nearest(nearest(hourMs) < 2 * dayMs ? hourMs : dayMs))
}

/** How long ago, or how long until. */
export function formatAgo(atMs: number, nowMs: number): string {
  if (atMs > nowMs + secondMs) return `in ${formatLeft(atMs - nowMs)}`
  return nowMs - atMs < 2 * secondMs ? "just now" : `${formatDuration(nowMs - atMs)} ago`
}

/** What is left on a clock: "3:41", with hours "2:03:41"; never less than nothing. */
export function formatCountdown(leftMs: number): string {
  const left = Math.max(0, Math.ceil(leftMs / secondMs))
  const two = (value: number) => String(value).padStart(2, "0")
  const hours = Math.floor(left / 3600)
  const minutes = Math.floor(left / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`
}

export type InstantStyle = "time" | "day" | "short" | "full"

const styles: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  short: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  full: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" },
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone })
  formats.set(key, format)
  return format
}

/** An instant on the reader's clock: "3 Nov, 16:20". The year is named where it is not the present one. */
export function formatInstant(
  atMs: number,
  { style, timeZone, nowMs }: { style: InstantStyle; timeZone: string; nowMs: number },
): string {
  const year = (ms: number) => formatOf({ year: "numeric" }, timeZone).format(ms)
  const isDated = style === "day" || style === "short"
  const options = isDated && year(atMs) !== year(nowMs) ? { ...styles[style], year: "numeric" as const } : styles[style]
  return formatOf(options, timeZone).format(atMs)
}

/** Which day an instant lies on: "Today", "Yesterday", else "3 Nov". */
export function formatDay(atMs: number, { timeZone, nowMs }: { timeZone: string; nowMs: number }): string {
  const day = (ms: number) => formatInstant(ms, { style: "day", timeZone, nowMs })
  if (day(atMs) === day(nowMs)) return "Today"
  return day(atMs) === day(nowMs - dayMs) ? "Yesterday" : day(atMs)
}

/** A time zone that this machine knows; anything else is UTC. */
export function knownTimeZone(name: string | undefined): string {
  if (name === undefined) return "UTC"
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return "UTC"
  }
}
