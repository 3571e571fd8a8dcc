import { toTag } from "@/lib/pairing/tags"

/** The tags that somebody typed, with commas between them, and the first part that is none. */
export function readTags(typed: string): { readonly tags: readonly string[]; readonly wrong: string | null } {
  const parts = typed.split(",").filter((part) => part.trim() !== "")
  const tags = parts.flatMap((part) => toTag(part) ?? [])
  return { tags: [...new Set(tags)], wrong: parts.find((part) => toTag(part) === null)?.trim() ?? null }
}
