import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/**
 * Closes one live connection of a device, on whichever process it is. Its rights stay as they are, so that its client
 * may come back. Refuses with `nothing-to-change` when there is no such connection; where other processes may hold
 * it, which cannot be seen from here, it is told to them.
 */
export async function disconnectSession(
  store: Store,
  input: { readonly deviceId: string; readonly connId: string; readonly actor: Commander; readonly nowMs: number },
): Promise<{ readonly ok: true } | Refused> {
  const { deviceId, connId, actor, nowMs } = input
  const session = store.presence.list(deviceId).find((live) => live.connId === connId)
  if (session === undefined && store.dialect === "sqlite") return { ok: false, because: "nothing-to-change" }
  const before: AuditSide | null =
    session === undefined
      ? null
      : { role: session.role, scopes: session.scopes, address: session.address, client: session.client }
  await inTransaction(store, async (tx) => {
    await recordAudit(tx, { action: "session.disconnected", actor, atMs: nowMs, deviceId, subject: connId, before })
    tx.announce({ kind: "session-disconnected", deviceId, connId })
  })
  return { ok: true }
}
