/** Longest text of a device's own choosing that the console shows in one place. */
const longest = 64

// Controls, format characters (bidi overrides, zero-width, tags, soft hyphen), line and paragraph separators,
// surrogates without a partner, private use, and marks piled onto a letter.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u2800]|[\uFE00-\uFE0F]/gu
const piledMarks = /(\p{M}{2})\p{M}+/gu

export type Neutral = {
  readonly text: string
  /** True when something that cannot be seen, or too much of it, was taken out. */
  readonly altered: boolean
}

/**
 * A text that a device chose, made safe to show in a line: nothing in it can reorder, hide or push away what stands
 * around it. Null when nothing visible is left.
 */
export function neutralise(claimed: string | null, max: number = longest): Neutral | null {
  if (claimed === null) return null
  const spaced = claimed.replace(/[\t\n\r\v\f]/g, " ")
  const visible = spaced.replace(unseen, "").replace(piledMarks, "$1")
  const text = visible.replace(/\s+/gu, " ").trim()
  if (text === "") return null
  const letters = [...text]
  const isLong = letters.length > max
  const shown = isLong ? `${letters.slice(0, max - 1).join("")}…` : text
  return { text: shown, altered: isLong || visible !== spaced }
}
