/** For how long an approval grants what it adds: for good, for a time from now on, or until an instant. */
export type GrantLength =
  | { readonly kind: "good" }
  | { readonly kind: "for"; readonly ms: number }
  | { readonly kind: "until"; readonly atMs: number }

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The times that are offered, in milliseconds. */
export const grantLengths: readonly number[] = [hourMs, 8 * hourMs, dayMs, 7 * dayMs, 30 * dayMs]

/** The longest that a grant may be given an end for: ten years, or it is for good. */
export const longestGrantMs = 3_660 * dayMs

/** The last instant of what is granted now; null for good. */
export function endOfGrant(length: GrantLength, nowMs: number): number | null {
  switch (length.kind) {
    case "good":
      return null
    case "for":
      return nowMs + length.ms
    case "until":
      return length.atMs
  }
}

/** A time in the words in which it is offered: "8 hours", "1 day". */
export function lengthInWords(ms: number): string {
  const [unitMs, unit] =
    ms >= dayMs && ms % dayMs === 0 ? [dayMs, "day"] : ms >= hourMs ? [hourMs, "hour"] : [60_000, "minute"]
  const count = Math.max(1, Math.round(ms / unitMs))
  return `${count} ${unit}${count === 1 ? "" : "s"}`
}
