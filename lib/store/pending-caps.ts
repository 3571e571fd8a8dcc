import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { Policy } from "@/lib/pairing/types"
import { addressGroup } from "./address-group"
import { currentSettings } from "./settings"
import type { Settings } from "./settings-schema"
import type { Store } from "./store"
import { lock, type Tx } from "./transaction"

/** Too many requests wait already, of this address or altogether. Nothing was filed. */
export type Overloaded = { readonly ok: false; readonly because: "overloaded"; readonly retryAfterMs: number }

export type PendingLimits = Pick<Settings, "pendingPerAddress" | "pendingTotal"> &
  Pick<Policy, "pendingTtlMs"> & { readonly total: PendingTotal }

/** How many requests waited when this process last counted them, with those that it has filed since. */
export type PendingTotal = { count: number; atMs: number }

const totals = new WeakMap<Store, PendingTotal>()

/** The limits in force, with the count that this process goes by. */
export async function pendingLimits(
  store: Store,
  { pendingTtlMs }: Pick<Policy, "pendingTtlMs">,
): Promise<PendingLimits> {
  const { pendingPerAddress, pendingTotal } = await currentSettings(store)
  const total = totals.get(store) ?? { count: 0, atMs: Number.NEGATIVE_INFINITY }
  totals.set(store, total)
  return { pendingPerAddress, pendingTotal, pendingTtlMs, total }
}

/** The limits' questions; their plans are held by a test. */
export const totalSql = `SELECT CAST(COUNT(*) AS INTEGER) AS "count" FROM "Request"
  WHERE "status" = 'pending' AND "triedAtMs" >= $1`
// The plus keeps SQLite from the index of all waiting requests.
export const ofGroupSql = `SELECT "requestId" FROM "Request"
  WHERE "status" = 'pending' AND +"triedAtMs" >= $1 AND "addressGroup" = $2 LIMIT $3`

type Filing = { readonly address: string; readonly limits: PendingLimits; readonly nowMs: number }

/**
 * Whether one more request may wait: not too many of this address (IPv6 by /64), nor of everybody together. Counts
 * those that can still be decided. Holds the address until the end of the transaction, so that the number is exact
 * per address; that of everybody may be passed by what other processes file within two seconds.
 */
export async function hasRoomFor(tx: Tx, filing: Filing): Promise<boolean> {
  const { address, limits } = filing
  const group = addressGroup(address)
  await lock(tx, `pending:${group}`)
  const oldestMs = oldestLiveTryMs(limits, filing.nowMs)
  const few = await tx.direct.rows(ofGroupSql, [oldestMs, group, limits.pendingPerAddress])
  return few.length < limits.pendingPerAddress && (await hasRoomInTotal(tx, filing, oldestMs))
}

/** The part of the limit from which on every request is counted; below it a count of a moment ago is as good. */
const exactFrom = 0.9
const countEveryMs = 2_000

/** Counting a hundred thousand for every one more would make each of them dearer than the one before. */
async function hasRoomInTotal(tx: Tx, { limits, nowMs }: Filing, oldestMs: number): Promise<boolean> {
  const { total, pendingTotal } = limits
  const isFresh = nowMs >= total.atMs && nowMs < total.atMs + countEveryMs
  if (!isFresh || total.count >= pendingTotal * exactFrom) {
    const [row] = await tx.direct.rows(totalSql, [oldestMs])
    total.count = Number(row?.count ?? 0)
    total.atMs = nowMs
  }
  if (total.count >= pendingTotal) return false
  total.count += 1
  return true
}
