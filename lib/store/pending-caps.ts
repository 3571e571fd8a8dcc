import { parseAddress } from "@/lib/pairing/locality"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { Policy } from "@/lib/pairing/types"
import { addressGroup } from "./address-group"
import type { Settings } from "./settings-schema"
import { lock, type Tx } from "./transaction"

/** Too many requests wait already, of this address or altogether. Nothing was filed. */
export type Overloaded = { readonly ok: false; readonly because: "overloaded"; readonly retryAfterMs: number }

export type PendingLimits = Pick<Settings, "pendingPerAddress" | "pendingTotal"> & Pick<Policy, "pendingTtlMs">

/**
 * Whether one more request may wait: not too many of this address (IPv6 by /64), nor of everybody together. Counts
 * those that can still be decided. Holds the address until the end of the transaction, so that the number is exact
 * per address.
 */
export async function hasRoomFor(
  tx: Tx,
  filing: { readonly address: string; readonly limits: PendingLimits; readonly nowMs: number },
): Promise<boolean> {
  const { address, limits } = filing
  const group = addressGroup(address)
  await lock(tx, `pending:${group}`)
  const live = { status: "pending", triedAtMs: { gte: oldestLiveTryMs(limits, filing.nowMs) } }
  const total = await tx.db.request.count({ where: live })
  if (total >= limits.pendingTotal) return false
  if (parseAddress(address)?.kind() !== "ipv6") {
    return (await tx.db.request.count({ where: { ...live, address } })) < limits.pendingPerAddress
  }
  const rows = await tx.db.request.findMany({
    where: { ...live, address: { contains: ":" } },
    select: { address: true },
  })
  return rows.filter((row) => addressGroup(row.address) === group).length < limits.pendingPerAddress
}
