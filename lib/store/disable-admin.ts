import type { Actor } from "./actor"
import { countActiveOwners, inAdminTransaction } from "./admin-lock"
import { endSessionsOf } from "./admin-sessions"
import { recordAudit } from "./audit"
import type { Store } from "./store"

export type DisableResult = { ok: true } | { ok: false; because: "not-found" | "nothing-to-change" | "last-owner" }

/**
 * Shuts an admin out: sessions end at once, links die, the password no longer opens. What they did stays on record.
 * Refuses with `last-owner` when nobody else could manage the console afterwards.
 */
export async function disableAdmin(
  store: Store,
  { adminId, actor, nowMs }: { adminId: string; actor: Actor; nowMs: number },
): Promise<DisableResult> {
  return inAdminTransaction<DisableResult>(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId } })
    if (!admin) return { ok: false, because: "not-found" }
    if (admin.disabledAtMs !== null) return { ok: false, because: "nothing-to-change" }
    const isActiveOwner = admin.role === "owner" && admin.passwordHash !== null
    if (isActiveOwner && (await countActiveOwners(tx, adminId)) === 0) return { ok: false, because: "last-owner" }

    await tx.db.admin.update({ where: { adminId }, data: { disabledAtMs: nowMs } })
    await tx.db.adminLink.deleteMany({ where: { adminId, usedAtMs: null } })
    await endSessionsOf(tx, { adminId, nowMs })
    await recordAudit(tx, {
      action: "admin.disabled",
      actor,
      atMs: nowMs,
      subject: adminId,
      after: { email: admin.email },
    })
    return { ok: true }
  })
}

/** Lets a disabled admin sign in again, with the role and the password they had. */
export async function enableAdmin(
  store: Store,
  { adminId, actor, nowMs }: { adminId: string; actor: Actor; nowMs: number },
): Promise<{ ok: true } | { ok: false; because: "not-found" | "nothing-to-change" }> {
  return inAdminTransaction(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId }, select: { email: true, disabledAtMs: true } })
    if (!admin) return { ok: false, because: "not-found" }
    if (admin.disabledAtMs === null) return { ok: false, because: "nothing-to-change" }

    await tx.db.admin.update({ where: { adminId }, data: { disabledAtMs: null } })
    await recordAudit(tx, {
      action: "admin.enabled",
      actor,
      atMs: nowMs,
      subject: adminId,
      after: { email: admin.email },
    })
    tx.announce({ kind: "admin-session", adminId, sessionId: null })
    return { ok: true }
  })
}
