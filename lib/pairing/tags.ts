/** Most tags on one device. */
export const mostTags = 12

/** Longest tag, in characters. */
export const longestTag = 32

/** A tag as it is kept: lower case, spaces as hyphens; null for what is none. */
export function toTag(text: string): string | null {
  const tag = text.trim().toLowerCase().replace(/\s+/g, "-")
  return tag.length <= longestTag && /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(tag) ? tag : null
}
