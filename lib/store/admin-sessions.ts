import { randomBytes } from "node:crypto"
import type { Actor } from "./actor"
import { inAdminTransaction } from "./admin-lock"
import { recordAudit } from "./audit"
import { type ConsoleRole, toConsoleRole } from "./console-role"
import { currentSettings } from "./settings"
import type { Store } from "./store"
import type { Tx } from "./transaction"

const dayMs = 24 * 60 * 60 * 1000

/** A session is marked as seen at most this often, so that reading pages writes next to nothing. */
const seenEveryMs = 60_000

/** Sessions kept per admin, ended ones included; the oldest go first. */
const keptSessions = 50

export type SignedIn = {
  readonly sessionId: string
  readonly adminId: string
  readonly email: string
  readonly name: string
  readonly role: ConsoleRole
  readonly shortcuts: boolean
}

/** Opens a session within the caller's transaction and returns its id, which is all that the cookie carries. */
export async function insertSession(
  tx: Tx,
  session: { adminId: string; address: string; userAgent: string; maxDays: number; nowMs: number },
): Promise<string> {
  const { adminId, nowMs } = session
  const sessionId = randomBytes(24).toString("base64url")
  const surplus = await tx.db.adminSession.findMany({
    where: { adminId },
    orderBy: { createdAtMs: "desc" },
    skip: keptSessions - 1,
    select: { sessionId: true },
  })
  await tx.db.adminSession.deleteMany({ where: { sessionId: { in: surplus.map((row) => row.sessionId) } } })
  await tx.db.adminSession.create({
    data: {
      sessionId,
      adminId,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      expiresAtMs: nowMs + session.maxDays * dayMs,
      address: session.address.slice(0, 64),
      userAgent: session.userAgent.slice(0, 400),
    },
  })
  for (const { sessionId: gone } of surplus) tx.announce({ kind: "admin-session", adminId, sessionId: gone })
  return sessionId
}

/**
 * Who a session belongs to, as of now: null when it was ended, has run out or was left unused for too long, or when
 * its admin is disabled. Every gate asks this, so that ending a session means it. Only a use of it keeps it alive.
 */
export async function readSession(
  store: Store,
  { sessionId, isUse = true, nowMs }: { sessionId: string; isUse?: boolean; nowMs: number },
): Promise<SignedIn | null> {
  const row = await store.db.adminSession.findUnique({
    where: { sessionId },
    select: {
      endedAtMs: true,
      expiresAtMs: true,
      lastSeenAtMs: true,
      admin: { select: { adminId: true, email: true, name: true, role: true, shortcuts: true, disabledAtMs: true } },
    },
  })
  if (!row || row.endedAtMs !== null || row.expiresAtMs <= nowMs || row.admin.disabledAtMs !== null) return null
  const { sessionIdleDays } = await currentSettings(store)
  if (row.lastSeenAtMs + sessionIdleDays * dayMs <= nowMs) return null
  if (isUse && row.lastSeenAtMs + seenEveryMs <= nowMs) {
    await store.db.adminSession.updateMany({ where: { sessionId, endedAtMs: null }, data: { lastSeenAtMs: nowMs } })
  }
  const { adminId, email, name, role, shortcuts } = row.admin
  return { sessionId, adminId, email, name, role: toConsoleRole(role), shortcuts }
}

/** Ends the open sessions of an admin within the caller's transaction and returns how many there were. */
export async function endSessionsOf(
  tx: Tx,
  { adminId, except = null, nowMs }: { adminId: string; except?: string | null; nowMs: number },
): Promise<number> {
  const { count } = await tx.db.adminSession.updateMany({
    where: { adminId, endedAtMs: null, ...(except !== null && { sessionId: { not: except } }) },
    data: { endedAtMs: nowMs },
  })
  tx.announce({ kind: "admin-session", adminId, sessionId: null })
  return count
}

/**
 * Ends one session: by signing out there, or from elsewhere. With `adminId` only one of theirs. Ending it twice
 * changes nothing.
 */
export async function endSession(
  store: Store,
  input: { sessionId: string; how: "signed-out" | "ended"; adminId?: string; actor: Actor; nowMs: number },
): Promise<{ ok: true } | { ok: false; because: "not-found" }> {
  const { sessionId, how, adminId, actor, nowMs } = input
  return inAdminTransaction(store, async (tx) => {
    const row = await tx.db.adminSession.findUnique({
      where: { sessionId, ...(adminId !== undefined && { adminId }) },
      select: { adminId: true, endedAtMs: true, address: true, admin: { select: { email: true } } },
    })
    if (!row || row.endedAtMs !== null) return { ok: false, because: "not-found" }
    await tx.db.adminSession.update({ where: { sessionId }, data: { endedAtMs: nowMs } })
    await recordAudit(tx, {
      action: how === "signed-out" ? "admin.signed-out" : "admin.sessions-ended",
      actor,
      atMs: nowMs,
      subject: row.adminId,
      after: { email: row.admin.email, address: row.address },
    })
    tx.announce({ kind: "admin-session", adminId: row.adminId, sessionId })
    return { ok: true }
  })
}

/** Ends every session of an admin but, if given, one: "sign out everywhere else". */
export async function endAllSessions(
  store: Store,
  { adminId, except, actor, nowMs }: { adminId: string; except: string | null; actor: Actor; nowMs: number },
): Promise<{ ok: true; ended: number } | { ok: false; because: "not-found" | "nothing-to-change" }> {
  return inAdminTransaction(store, async (tx) => {
    const admin = await tx.db.admin.findUnique({ where: { adminId }, select: { email: true } })
    if (!admin) return { ok: false, because: "not-found" }
    const ended = await endSessionsOf(tx, { adminId, except, nowMs })
    if (ended === 0) return { ok: false, because: "nothing-to-change" }
    await recordAudit(tx, {
      action: "admin.sessions-ended",
      actor,
      atMs: nowMs,
      subject: adminId,
      after: { email: admin.email, ended },
    })
    return { ok: true, ended }
  })
}
