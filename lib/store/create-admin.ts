import type { Actor } from "./actor"
import { selfActor } from "./admin-actor"
import { inAdminTransaction } from "./admin-lock"
import { recordAudit } from "./audit"
import type { ConsoleRole } from "./console-role"
import { newId } from "./new-id"
import type { Store } from "./store"
import type { Tx } from "./transaction"

export type NewAdmin = {
  readonly email: string
  readonly name: string
  readonly role: ConsoleRole
  /** Null for one who is invited and chooses a password by a link. */
  readonly passwordHash: string | null
}

/** Creates a person of the console. Refuses with `email-taken` when somebody signs in with that address already. */
export async function createAdmin(
  store: Store,
  { admin, actor, nowMs }: { admin: NewAdmin; actor: Actor; nowMs: number },
): Promise<{ ok: true; adminId: string } | { ok: false; because: "email-taken" }> {
  return inAdminTransaction(store, async (tx) => {
    const taken = await tx.db.admin.findUnique({ where: { email: admin.email }, select: { adminId: true } })
    if (taken) return { ok: false, because: "email-taken" }
    return { ok: true, adminId: await insertAdmin(tx, { admin, actor, nowMs }) }
  })
}

/** Writes the row of a new admin and its audit entry, within the caller's transaction. Without an actor it was the admin. */
export async function insertAdmin(
  tx: Tx,
  { admin, actor, nowMs }: { admin: NewAdmin; actor: Actor | null; nowMs: number },
): Promise<string> {
  const adminId = newId()
  await tx.db.admin.create({ data: { adminId, ...admin, createdAtMs: nowMs } })
  await recordAudit(tx, {
    action: "admin.created",
    actor: actor ?? selfActor({ adminId, name: admin.name }),
    atMs: nowMs,
    subject: adminId,
    after: { email: admin.email, name: admin.name, role: admin.role },
  })
  tx.announce({ kind: "admin-session", adminId, sessionId: null })
  return adminId
}
