import { recordAudit } from "./audit"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

const actor = { kind: "system", name: "test" } as const

/** Writes audit entries, a millisecond apart. Returns their ids. */
export async function writeEntries(store: Store, count: number, firstAtMs = 0): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const entry = { action: "settings.changed", actor, atMs: firstAtMs + index, after: { index } } as const
    ids.push(await inTransaction(store, (tx) => recordAudit(tx, entry)))
  }
  return ids
}
