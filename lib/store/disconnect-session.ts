import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

/**
 * Closes one live connection of a device, on whichever process it is. Its rights stay as they are, so that its client
 * may come back. Refuses with `nothing-to-change` when there is no such connection.
 */
export async function disconnectSession(
  store: Store,
  input: { readonly deviceId: string; readonly connId: string; readonly actor: Commander; readonly nowMs: number },
): Promise<{ readonly ok: true } | Refused> {
  const { deviceId, connId, actor, nowMs } = input
  const session = (await store.presence.of(deviceId)).find((live) => live.connId === connId)
  if (session === undefined) return { ok: false, because: "nothing-to-change" }
  const { role, scopes, address, client } = session
  const before: AuditSide = { role, scopes, address, client }
  await inTransaction(store, async (tx) => {
    await recordAudit(tx, { action: "session.disconnected", actor, atMs: nowMs, deviceId, subject: connId, before })
    tx.announce({ kind: "session-disconnected", deviceId, connId })
  })
  return { ok: true }
}
