import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { currentStore, now } from "@/lib/store/instance"
import { currentSettings } from "@/lib/store/settings"
import type { Store } from "@/lib/store/store"
import type { Account, SessionRow } from "./settings-types"
import { describeUserAgent } from "./user-agent"

const dayMs = 24 * 60 * 60 * 1000

/** Which session rows count as open at an instant, as the gate itself judges them. */
export async function openSessionsSince(store: Store, nowMs: number) {
  const { sessionIdleDays } = await currentSettings(store)
  return {
    endedAtMs: null,
    expiresAtMs: { gt: nowMs },
    lastSeenAtMs: { gt: nowMs - sessionIdleDays * dayMs },
  }
}

/** Who the reader is. */
export async function loadAccount(): Promise<Account> {
  const { name, email, role, shortcuts } = await requireAdmin("account.see")
  return { name, email, role, shortcuts }
}

/** Where the reader is signed in, this session first and then the last used. */
export async function loadSessions(): Promise<readonly SessionRow[]> {
  const me = await requireAdmin("account.see")
  const store = currentStore()
  const rows = await store.db.adminSession.findMany({
    where: { adminId: me.adminId, ...(await openSessionsSince(store, now())) },
    orderBy: { lastSeenAtMs: "desc" },
    select: { sessionId: true, userAgent: true, address: true, createdAtMs: true, lastSeenAtMs: true },
  })
  return rows
    .map(({ sessionId, userAgent, ...row }) => ({
      ...row,
      id: sessionId,
      client: describeUserAgent(userAgent),
      isThis: sessionId === me.sessionId,
    }))
    .sort((first, second) => Number(second.isThis) - Number(first.isThis))
}
