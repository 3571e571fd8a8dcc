import type { Actor } from "./actor"
import type { ConsoleRole } from "./console-role"
import { createAdmin } from "./create-admin"
import { hashPassword } from "./password"
import type { Store } from "./store"

/** The password of every admin that `addAdmin` makes. */
export const testPassword = "correct horse battery"

export const testActor: Actor = { kind: "system", name: "test" }

let hash: Promise<string> | null = null

/** An admin who can sign in with `testPassword`. Returns the id. */
export async function addAdmin(
  store: Store,
  { email = "mara@example.org", name = "Mara Lindt", role = "owner" as ConsoleRole, invited = false } = {},
): Promise<string> {
  hash ??= hashPassword(testPassword)
  const passwordHash = invited ? null : await hash
  const result = await createAdmin(store, { admin: { email, name, role, passwordHash }, actor: testActor, nowMs: 0 })
  if (!result.ok) throw new Error(`No admin for the test: ${result.because}`)
  return result.adminId
}

/** The secret in a link's path. */
export function secretOf(path: string): string {
  return path.slice(path.indexOf("#") + 1)
}
