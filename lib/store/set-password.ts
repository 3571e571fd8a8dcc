import { selfActor } from "./admin-actor"
import { inAdminTransaction } from "./admin-lock"
import { endSessionsOf } from "./admin-sessions"
import { recordAudit } from "./audit"
import { checkPassword, hashPassword } from "./password"
import { chargeSignIn, forgiveAccount, type Throttled } from "./sign-in-throttle"
import type { Store } from "./store"

export type WrongPassword = { readonly ok: false; readonly because: "wrong-password" }

/**
 * Whether a signed-in admin knows their password, for what a session alone may not do. Counted like an attempt to
 * sign in, so that an open browser is no place to guess it.
 */
export async function confirmPassword(
  store: Store,
  input: { adminId: string; password: string; address: string; nowMs: number },
): Promise<{ ok: true } | WrongPassword | Throttled> {
  const { adminId, address, nowMs } = input
  const admin = await store.db.admin.findUnique({ where: { adminId }, select: { email: true, passwordHash: true } })
  if (!admin) return { ok: false, because: "wrong-password" }
  const charge = await chargeSignIn(store, { email: admin.email, address, nowMs })
  if (!charge.ok) return charge
  if (!(await checkPassword(admin.passwordHash, input.password))) return { ok: false, because: "wrong-password" }
  await inAdminTransaction(store, (tx) => forgiveAccount(tx, admin.email))
  return { ok: true }
}

/** Sets a new password for a signed-in admin who knows the old one. Every other session of theirs ends. */
export async function changePassword(
  store: Store,
  input: { adminId: string; sessionId: string; current: string; next: string; address: string; nowMs: number },
): Promise<{ ok: true; ended: number } | WrongPassword | Throttled> {
  const { adminId, sessionId, address, nowMs } = input
  const confirmed = await confirmPassword(store, { adminId, password: input.current, address, nowMs })
  if (!confirmed.ok) return confirmed
  const passwordHash = await hashPassword(input.next)
  return inAdminTransaction(store, async (tx) => {
    const admin = await tx.db.admin.update({ where: { adminId }, data: { passwordHash } })
    await tx.db.adminLink.deleteMany({ where: { adminId, usedAtMs: null } })
    const ended = await endSessionsOf(tx, { adminId, except: sessionId, nowMs })
    await recordAudit(tx, {
      action: "admin.password-changed",
      actor: selfActor(admin),
      atMs: nowMs,
      subject: adminId,
      after: { email: admin.email, ...(ended > 0 && { ended }) },
    })
    return { ok: true, ended }
  })
}
