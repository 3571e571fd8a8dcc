import { createHash } from "node:crypto"
import { addressGroup } from "./address-group"
import { recordAudit } from "./audit"
import type { Store } from "./store"
import { inTransaction, lock, type Tx } from "./transaction"

/** How many attempts an account and an address have within the window, and how long they wait after it. */
export const signInLimits = { account: 8, address: 40, windowMs: 600_000, waitMs: 300_000, maxRows: 10_000 } as const

export type Throttled = { readonly ok: false; readonly because: "throttled"; readonly retryAtMs: number }

/**
 * Counts one attempt to sign in against its account and its address before any password is looked at, so that many
 * at the same time get no more tries than one after the other. Accounts that do not exist are counted alike.
 * Refuses with `throttled` and the instant from which on the next attempt counts.
 */
export async function chargeSignIn(
  store: Store,
  { email, address, nowMs }: { email: string; address: string; nowMs: number },
): Promise<{ ok: true } | Throttled> {
  return inTransaction(store, async (tx) => {
    await lock(tx, "sign-in-throttle")
    const meters = [
      { key: addressKey(address), limit: signInLimits.address },
      { key: accountKey(email), limit: signInLimits.account },
    ]
    for (const { key } of meters) {
      const row = await tx.db.signInThrottle.findUnique({ where: { key } })
      if (row?.lockedUntilMs && row.lockedUntilMs > nowMs) return throttled(row.lockedUntilMs)
    }
    for (const { key, limit } of meters) {
      if (await isOver(tx, { key, limit, nowMs })) {
        if (key === accountKey(email)) await recordLock(tx, { email, address, nowMs })
        return throttled(nowMs + signInLimits.waitMs)
      }
    }
    return { ok: true }
  })
}

/** Forgets the attempts of an account that got in, and gives its address the one attempt back. */
export async function forgiveSignIn(tx: Tx, { email, address }: { email: string; address: string }): Promise<void> {
  await forgiveAccount(tx, email)
  await tx.db.signInThrottle.updateMany({
    where: { key: addressKey(address), failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  })
}

/** Forgets the attempts of an account, its waiting period included. */
export async function forgiveAccount(tx: Tx, email: string): Promise<void> {
  await tx.db.signInThrottle.deleteMany({ where: { key: accountKey(email) } })
}

// Hashed, because people also type passwords into the wrong field.
function accountKey(email: string): string {
  return `account ${createHash("sha256").update(email).digest("hex").slice(0, 32)}`
}

function addressKey(address: string): string {
  return `address ${addressGroup(address)}`
}

function throttled(retryAtMs: number): Throttled {
  return { ok: false, because: "throttled", retryAtMs }
}

async function isOver(tx: Tx, { key, limit, nowMs }: { key: string; limit: number; nowMs: number }): Promise<boolean> {
  const row = await tx.db.signInThrottle.findUnique({ where: { key } })
  const isFresh = !row || row.lockedUntilMs !== null || row.windowStartMs + signInLimits.windowMs <= nowMs
  if (!row) await makeRoom(tx, nowMs)
  const failures = isFresh ? 1 : row.failures + 1
  const lockedUntilMs = failures > limit ? nowMs + signInLimits.waitMs : null
  const next = { failures, windowStartMs: isFresh ? nowMs : row.windowStartMs, lockedUntilMs }
  await tx.db.signInThrottle.upsert({ where: { key }, create: { key, ...next }, update: next })
  return lockedUntilMs !== null
}

// Past the bound what has run out goes first, then the oldest: forgetting some is better than growing for ever.
async function makeRoom(tx: Tx, nowMs: number): Promise<void> {
  if ((await tx.db.signInThrottle.count()) < signInLimits.maxRows) return
  await tx.db.signInThrottle.deleteMany({
    where: {
      windowStartMs: { lte: nowMs - signInLimits.windowMs },
      OR: [{ lockedUntilMs: null }, { lockedUntilMs: { lte: nowMs } }],
    },
  })
  const surplus = (await tx.db.signInThrottle.count()) - signInLimits.maxRows + 1
  if (surplus <= 0) return
  const oldest = await tx.db.signInThrottle.findMany({
    orderBy: { windowStartMs: "asc" },
    take: Math.max(surplus, 100),
    select: { key: true },
  })
  await tx.db.signInThrottle.deleteMany({ where: { key: { in: oldest.map(({ key }) => key) } } })
}

// Only for accounts that exist, and once per waiting period: a stranger cannot fill the log.
async function recordLock(tx: Tx, { email, address, nowMs }: { email: string; address: string; nowMs: number }) {
  const admin = await tx.db.admin.findUnique({ where: { email }, select: { adminId: true, name: true } })
  if (!admin) return
  await recordAudit(tx, {
    action: "admin.sign-in-locked",
    actor: { kind: "system", name: "sign-in protection" },
    atMs: nowMs,
    subject: admin.adminId,
    after: { email, address, untilMs: nowMs + signInLimits.waitMs },
  })
}
