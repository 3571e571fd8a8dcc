const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu
const heapedMarks = /(\p{M}{2})\p{M}+/gu

/**
 * What is kept of a text that a client says of itself: one line without control, bidirectional and other
 * invisible characters, cut to `length` characters; null when nothing is left. Honest names stay as they are.
 */
export function plainText(text: string | undefined, length: number): string | null {
  if (text === undefined) return null
  // Cut roughly first, so that a huge text costs nothing.
  const line = text
    .slice(0, length * 8)
    .replace(/\uFEFF/gu, "")
    .replace(/\s+/gu, " ")
    .replace(invisible, "")
    .normalize("NFC")
    .replace(heapedMarks, "$1")
    .trim()
  const cut = [...line].slice(0, length).join("").trim()
  return cut === "" ? null : cut
}

/** The text cut to at most `bytes` bytes of UTF-8, never inside a character. Close frames hold no more than 123. */
export function cutToBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text, "utf8")
  if (encoded.length <= bytes) return text
  return encoded
    .subarray(0, bytes)
    .toString("utf8")
    .replace(/\uFFFD+$/u, "")
}
