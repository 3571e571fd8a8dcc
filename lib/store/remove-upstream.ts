import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { Store } from "./store"
import { inTransaction, lock } from "./transaction"

/**
 * Forgets the gateway behind this one and its secret: from now on nothing is served but the pairing methods. Refuses
 * with `nothing-to-change` where there is none.
 */
export async function removeUpstream(
  store: Store,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly because: "nothing-to-change" }> {
  return inTransaction(store, async (tx) => {
    await lock(tx, "upstream")
    const before = await tx.db.upstream.findUnique({ where: { id: 1 }, select: { url: true, secretKind: true } })
    if (before === null) return { ok: false, because: "nothing-to-change" } as const
    await tx.db.upstream.delete({ where: { id: 1 }, select: { id: true } })
    await recordAudit(tx, { action: "upstream.removed", actor, atMs: nowMs, before })
    tx.announce({ kind: "upstream" })
    return { ok: true } as const
  })
}
