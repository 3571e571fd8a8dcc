import type { Actor } from "./actor"
import { countActiveOwners, inAdminTransaction } from "./admin-lock"
import { recordAudit } from "./audit"
import { type ConsoleRole, toConsoleRole } from "./console-role"
import type { Store } from "./store"

export type ChangeRoleResult = { ok: true } | { ok: false; because: "not-found" | "nothing-to-change" | "last-owner" }

/**
 * Gives an admin another console role. It holds from their next click on, and their event streams close within a
 * second. Refuses with `last-owner` when nobody else could manage the console afterwards.
 */
export async function changeAdminRole(
  store: Store,
  { adminId, role, actor, nowMs }: { adminId: string; role: ConsoleRole; actor: Actor; nowMs: number },
): Promise<ChangeRoleResult> {
  return inAdminTransaction<ChangeRoleResult>(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId } })
    if (!admin) return { ok: false, because: "not-found" }
    const before = toConsoleRole(admin.role)
    if (before === role) return { ok: false, because: "nothing-to-change" }
    const isActiveOwner = before === "owner" && admin.disabledAtMs === null && admin.passwordHash !== null
    if (isActiveOwner && (await countActiveOwners(tx, adminId)) === 0) return { ok: false, because: "last-owner" }

    await tx.db.admin.update({ where: { adminId }, data: { role } })
    await recordAudit(tx, {
      action: "admin.role-changed",
      actor,
      atMs: nowMs,
      subject: adminId,
      before: { email: admin.email, role: before },
      after: { email: admin.email, role },
    })
    tx.announce({ kind: "admin-session", adminId, sessionId: null })
    return { ok: true }
  })
}
