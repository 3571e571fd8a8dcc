import { z } from "zod"

/**
 * What a process tells the others that live now, and nobody keeps: whoever does not hear it sees the same a little later
 * in the database, or can do without. One message each second, and short: PostgreSQL takes 8 000 bytes.
 */
export type Word =
  /** Who came and went; null where it was too many to name. */
  | { readonly kind: "presence"; readonly came: readonly string[]; readonly went: readonly string[] }
  | { readonly kind: "crowd" }
  /** What failed at the credentials of sources since it last said so, and until when they are locked out. */
  | { readonly kind: "failures"; readonly sources: readonly FailureNews[] }

export type FailureNews = { readonly source: string; readonly failures: number; readonly lockedUntilMs: number }

const word: z.ZodType<Word> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("presence"), came: z.array(z.string()), went: z.array(z.string()) }),
  z.object({ kind: z.literal("crowd") }),
  z.object({
    kind: z.literal("failures"),
    sources: z.array(z.object({ source: z.string(), failures: z.number(), lockedUntilMs: z.number() })),
  }),
])

/** The bytes that a word may have as text. */
export const longestWord = 7_800

/** Reads what another process said; null for what this version does not know. */
export function readWord(text: string): Word | null {
  try {
    return word.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
