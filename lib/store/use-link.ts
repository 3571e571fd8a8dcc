import { selfActor } from "./admin-actor"
import { type DeadLink, linkHash, readLink } from "./admin-links"
import { countActiveOwners, inAdminTransaction } from "./admin-lock"
import { endSessionsOf } from "./admin-sessions"
import { recordAudit } from "./audit"
import { insertAdmin } from "./create-admin"
import { hashPassword } from "./password"
import { forgiveAccount } from "./sign-in-throttle"
import type { Store } from "./store"
import type { Tx } from "./transaction"

const dead: DeadLink = { ok: false, because: "link-dead" }

/**
 * Creates the first owner by the set-up link. The link works once, and no such link works once there is an owner:
 * of several that are used at the same time one wins.
 */
export async function useSetupLink(
  store: Store,
  input: { secret: string; email: string; name: string; password: string; nowMs: number },
): Promise<{ ok: true; adminId: string } | DeadLink | { ok: false; because: "email-taken" }> {
  const { secret, email, name, nowMs } = input
  // Asked before the password is hashed, so that a stranger cannot make the server work with made-up secrets.
  const link = await readLink(store, { secret, nowMs })
  if (!link.ok) return link
  if (link.purpose !== "setup") return dead
  const passwordHash = await hashPassword(input.password)
  return inAdminTransaction(store, async (tx) => {
    if ((await countActiveOwners(tx)) > 0) return { ok: false, because: "owner-exists" }
    const taken = await tx.db.admin.findUnique({ where: { email }, select: { adminId: true } })
    if (taken) return { ok: false, because: "email-taken" }
    if (!(await markUsed(tx, { secret, nowMs }))) return dead
    const admin = { email, name, role: "owner", passwordHash } as const
    return { ok: true, adminId: await insertAdmin(tx, { admin, actor: null, nowMs }) }
  })
}

/**
 * Sets the password of the admin a link was made for. It works once. Every session of the admin ends, and so does a
 * waiting period after wrong passwords.
 */
export async function usePasswordLink(
  store: Store,
  { secret, password, nowMs }: { secret: string; password: string; nowMs: number },
): Promise<{ ok: true; email: string } | DeadLink> {
  const link = await readLink(store, { secret, nowMs })
  if (!link.ok) return link
  if (link.purpose === "setup") return dead
  const passwordHash = await hashPassword(password)
  return inAdminTransaction(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId: link.adminId } })
    if (!admin || admin.disabledAtMs !== null) return dead
    if (!(await markUsed(tx, { secret, nowMs }))) return dead
    await tx.db.admin.update({ where: { adminId: admin.adminId }, data: { passwordHash } })
    await endSessionsOf(tx, { adminId: admin.adminId, nowMs })
    await forgiveAccount(tx, admin.email)
    await recordAudit(tx, {
      action: "admin.link-used",
      actor: selfActor(admin),
      atMs: nowMs,
      subject: admin.adminId,
      after: { email: admin.email, purpose: link.purpose },
    })
    return { ok: true, email: admin.email }
  })
}

// Compare-and-set: of two that use one link at the same time, one updates no row.
async function markUsed(tx: Tx, { secret, nowMs }: { secret: string; nowMs: number }): Promise<boolean> {
  const { count } = await tx.db.adminLink.updateMany({
    where: { secretHash: linkHash(secret), usedAtMs: null, expiresAtMs: { gt: nowMs } },
    data: { usedAtMs: nowMs },
  })
  return count === 1
}
