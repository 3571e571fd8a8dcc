import { recordAudit } from "./audit"
import { frontDoor } from "./node-keys"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/**
 * Forgets the key of a removed node, once the gateway behind this one has forgotten it too. Refuses with `not-found`
 * for a key that is in use or that another process was faster with.
 */
export async function dropNodeKey(
  store: Store,
  { upstreamId, nowMs }: { readonly upstreamId: string; readonly nowMs: number },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly because: "not-found" }> {
  return inTransaction(store, async (tx) => {
    const where = { upstreamId, removedAtMs: { not: null } }
    const row = await tx.db.nodeKey.findFirst({ where, select: { deviceId: true } })
    const { count } = await tx.db.nodeKey.deleteMany({ where })
    if (row === null || count !== 1) return { ok: false, because: "not-found" } as const
    const about = { actor: frontDoor, atMs: nowMs, deviceId: row.deviceId, subject: upstreamId }
    await recordAudit(tx, { action: "node.removed-upstream", ...about })
    tx.announce({ kind: "upstream" })
    return { ok: true } as const
  })
}
