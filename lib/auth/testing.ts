import { randomUUID } from "node:crypto"
import { encode } from "next-auth/jwt"
import { addAdmin } from "@/lib/store/admin-testing"
import type { ConsoleRole } from "@/lib/store/console-role"
import type { Store } from "@/lib/store/store"
import { sessionCookieName } from "./session-cookie"

export type TestSession = { readonly sessionId: string; readonly adminId: string; readonly cookie: string }

/** Signs a fresh admin in without a browser: the session as a row, and the cookie that a sign-in would have set. */
export async function openTestSession(
  store: Store,
  { role, lifeMs = 60_000 }: { role: ConsoleRole; lifeMs?: number },
): Promise<TestSession> {
  const nowMs = Date.now()
  const sessionId = randomUUID()
  const adminId = await addAdmin(store, { email: `${sessionId}@example.org`, role })
  const times = { createdAtMs: nowMs, lastSeenAtMs: nowMs, expiresAtMs: nowMs + lifeMs }
  await store.db.adminSession.create({ data: { sessionId, adminId, ...times, address: "127.0.0.1", userAgent: "" } })
  return { sessionId, adminId, cookie: await testCookie(store, sessionId) }
}

/** The cookie that names a session; with another secret than the server's, a forged one. */
export async function testCookie(store: Store, sessionId: string, secret = store.authSecret): Promise<string> {
  const name = sessionCookieName(store, new Headers())
  return `${name}=${await encode({ token: { sid: sessionId }, secret, salt: name })}`
}
