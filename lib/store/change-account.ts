import type { Store } from "./store"
import { inTransaction } from "./transaction"

/** Switches the single-key shortcuts of one admin on or off. It gives and takes nothing, so no entry is written. */
export async function setShortcuts(
  store: Store,
  { adminId, shortcuts }: { adminId: string; shortcuts: boolean },
): Promise<{ ok: true }> {
  return inTransaction(store, async (tx) => {
    await tx.db.admin.updateMany({ where: { adminId }, data: { shortcuts } })
    tx.announce({ kind: "admin-session", adminId, sessionId: null })
    return { ok: true }
  })
}
