import { type Revocation, revoke } from "@/lib/pairing/revoke"
import type { Refused, Role } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { closeSessions, onDevice, saveBy } from "./on-device"
import { tokenSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { Store } from "./store"

/**
 * Ends the token of a role and closes the role's sockets; only an approval brings the role back. Refuses with what
 * `revoke` refuses with, and with `would-lock-out`.
 */
export async function revokeToken(
  store: Store,
  input: LockoutAnswer & {
    readonly deviceId: string
    readonly role: Role
    /** The request whose approval this takes back, for the record. */
    readonly undoes?: string | undefined
    readonly note?: string | null | undefined
    readonly nowMs: number
  },
): Promise<Revocation | Refused> {
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { role, actor, undoes, note = null } = input
    const freshTokenId = store.keys.newTokenId()
    const revocation = revoke(record, { role, authority: actor.authority, nowMs, freshTokenId })
    if (!revocation.ok) return revocation
    const refused = await refuseLockout(store, ground, revocation.next, input)
    if (refused !== null) return refused

    const entryId = await recordAudit(tx, {
      ...{ action: "token.revoked", actor, atMs: nowMs, deviceId, subject: role, note },
      before: tokenSide(record.device, role),
      after: { role, ...tokenSide(revocation.next.device, role), ...(undoes !== undefined && { undoes }) },
    })
    await saveRecord(tx, record, revocation.next, saveBy(actor, ground, { entryId, requestId: undoes ?? null, note }))
    closeSessions(ground, [role], "the token was revoked")
    return revocation
  })
}
