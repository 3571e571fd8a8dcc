import { selfActor } from "./admin-actor"
import { insertSession } from "./admin-sessions"
import { recordAudit } from "./audit"
import { checkPassword } from "./password"
import { currentSettings } from "./settings"
import { chargeSignIn, forgiveSignIn, type Throttled } from "./sign-in-throttle"
import type { Store } from "./store"
import { inTransaction } from "./transaction"

export type SignInResult =
  | { readonly ok: true; readonly sessionId: string; readonly adminId: string }
  | { readonly ok: false; readonly because: "wrong-credentials" }
  | Throttled

/**
 * Checks an address and a password and opens a session. An unknown account, a disabled one, one without a password
 * and a wrong password get the same answer for the same work.
 */
export async function signIn(
  store: Store,
  input: { email: string; password: string; address: string; userAgent: string; nowMs: number },
): Promise<SignInResult> {
  const { email, address, userAgent, nowMs } = input
  const charge = await chargeSignIn(store, { email, address, nowMs })
  if (!charge.ok) return charge

  const admin = await store.db.admin.findUnique({ where: { email } })
  const passwordHash = admin?.disabledAtMs === null ? admin.passwordHash : null
  const fits = await checkPassword(passwordHash, input.password)
  if (!fits || !admin) return { ok: false, because: "wrong-credentials" }

  const { sessionMaxDays } = await currentSettings(store)
  return inTransaction<SignInResult>(store, async (tx) => {
    // Compare-and-set: an account that was disabled or got another password meanwhile stays shut.
    const { count } = await tx.db.admin.updateMany({
      where: { adminId: admin.adminId, passwordHash, disabledAtMs: null },
      data: { lastSignInMs: nowMs },
    })
    if (count === 0) return { ok: false, because: "wrong-credentials" }
    await forgiveSignIn(tx, { email, address })
    const sessionId = await insertSession(tx, {
      adminId: admin.adminId,
      address,
      userAgent,
      maxDays: sessionMaxDays,
      nowMs,
    })
    await recordAudit(tx, {
      action: "admin.signed-in",
      actor: selfActor(admin),
      atMs: nowMs,
      subject: admin.adminId,
      after: { email, address },
    })
    return { ok: true, sessionId, adminId: admin.adminId }
  })
}
