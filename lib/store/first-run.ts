import { makeSetupLink } from "./admin-links"
import { inAdminTransaction } from "./admin-lock"
import { insertAdmin } from "./create-admin"
import { emailAddress } from "./email-address"
import { hashPassword, newPassword } from "./password"
import { StartError } from "./start-error"
import type { Transactional } from "./transaction"

export type FirstRun =
  /** Somebody can manage this console already. */
  | { readonly kind: "has-owner" }
  /** The owner that the environment names was created. */
  | { readonly kind: "owner-created"; readonly email: string }
  /** Whoever opens this path within a day becomes the first owner. */
  | { readonly kind: "set-up-link"; readonly path: string; readonly expiresAtMs: number }

/**
 * Sees to it that somebody can become the first owner: by the environment, else by a fresh set-up link. Does nothing
 * once there is an owner. Throws a StartError when the environment's address or password cannot be used.
 */
export async function prepareFirstRun(
  store: Transactional,
  { owner, nowMs }: { owner: { email: string; password: string } | null; nowMs: number },
): Promise<FirstRun> {
  if (owner === null) {
    const link = await makeSetupLink(store, { nowMs })
    return link.ok ? { kind: "set-up-link", path: link.path, expiresAtMs: link.expiresAtMs } : { kind: "has-owner" }
  }
  const email = emailAddress.safeParse(owner.email)
  if (!email.success) throw new StartError("GATEHOUSE_OWNER_EMAIL is not an address such as name@example.org.")
  const password = newPassword.safeParse(owner.password)
  if (!password.success) throw new StartError("GATEHOUSE_OWNER_PASSWORD must have 10 to 256 characters.")
  if ((await store.db.admin.count()) > 0) return { kind: "has-owner" }
  const passwordHash = await hashPassword(password.data)
  return inAdminTransaction<FirstRun>(store, async (tx) => {
    // A lost owner is brought back by `npm run admin`, not by a restart; and of two processes one creates the owner.
    if ((await tx.db.admin.count()) > 0) return { kind: "has-owner" }
    const name = email.data.split("@")[0] ?? email.data
    const actor = { kind: "system", name: "first start" } as const
    await insertAdmin(tx, { admin: { email: email.data, name, role: "owner", passwordHash }, actor, nowMs })
    return { kind: "owner-created", email: email.data }
  })
}
