import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { loadRecord } from "./load-record"
import { recordExpired } from "./request-ends"
import type { Store } from "./store"
import { inDeviceTransaction } from "./transaction"

const batchSize = 100

/**
 * Records requests whose time is over as expired. It only records: that they can no longer be approved holds without
 * it. Returns how many devices it looked at.
 */
export async function recordExpiredRequests(store: Store, nowMs: number): Promise<number> {
  const { policy } = await store.policy()
  const rows = await store.db.request.findMany({
    where: { status: "pending", triedAtMs: { lt: oldestLiveTryMs(policy, nowMs) } },
    orderBy: { triedAtMs: "asc" },
    take: batchSize,
    select: { deviceId: true },
  })
  const deviceIds = new Set(rows.map((row) => row.deviceId))
  for (const deviceId of deviceIds) {
    await inDeviceTransaction(store, deviceId, async (tx) =>
      recordExpired(tx, await loadRecord(tx, deviceId, nowMs), policy, nowMs),
    )
  }
  return deviceIds.size
}
