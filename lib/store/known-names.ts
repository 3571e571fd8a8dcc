import { lookTerm } from "./lookalike"
import { runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

const maxTerms = 16
const maxTermLength = 64

/**
 * The lower-case words of some names, also those inside a word ("pro" of "macbook-pro"). Bounded in number and
 * length, for most names are self-reported.
 */
export function nameTerms(names: readonly (string | null)[]): readonly string[] {
  const words = names.flatMap((name) => (name ?? "").toLowerCase().split(/\s+/))
  const parts = words.flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
  return [...new Set(parts.map((part) => part.slice(0, maxTermLength)))].filter((part) => part !== "")
}

/** What is remembered of the names of a device: their words, and what each looks like as a whole. */
export function knownTerms(names: readonly (string | null)[]): readonly string[] {
  const looks = names.flatMap((name) => lookTerm(name) ?? [])
  return [...looks, ...nameTerms(names)]
}

/** Remembers that a device was known by some words; what is known already stays. */
export async function keepNames(tx: Tx, names: readonly { deviceId: string; term: string }[]): Promise<void> {
  await runWithRows(
    tx,
    { types: ["TEXT", "TEXT"], rows: names.map(({ deviceId, term }) => [deviceId, term]) },
    (select) => `INSERT INTO "KnownName" ("deviceId", "term") ${select} ON CONFLICT DO NOTHING`,
  )
}

/** Remembers the name that a device gave when it asked, and what it looks like. */
export function keepName(tx: Tx, { deviceId, name }: { deviceId: string; name: string | null }): Promise<void> {
  return keepNames(
    tx,
    knownTerms([name])
      .slice(0, maxTerms)
      .map((term) => ({ deviceId, term })),
  )
}
