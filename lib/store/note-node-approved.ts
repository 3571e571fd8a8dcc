import { recordAudit } from "./audit"
import { frontDoor } from "./node-keys"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/**
 * Keeps that the gateway behind this one was made to approve a node, and with which commands. Refuses with
 * `not-found` when its key was removed here meanwhile.
 */
export async function noteNodeApproved(
  store: Store,
  input: { readonly upstreamId: string; readonly commands: readonly string[]; readonly nowMs: number },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly because: "not-found" }> {
  const { upstreamId, commands, nowMs } = input
  return inTransaction(store, async (tx) => {
    const where = { upstreamId, removedAtMs: null }
    const { count } = await tx.db.nodeKey.updateMany({ where, data: { approvedAtMs: nowMs } })
    if (count !== 1) return { ok: false, because: "not-found" } as const
    const { deviceId } = await tx.db.nodeKey.findUniqueOrThrow({ where: { upstreamId }, select: { deviceId: true } })
    await recordAudit(tx, {
      ...{ action: "node.approved-upstream", actor: frontDoor, atMs: nowMs, deviceId, subject: upstreamId },
      after: { commands },
    })
    tx.announce({ kind: "upstream" })
    return { ok: true } as const
  })
}
