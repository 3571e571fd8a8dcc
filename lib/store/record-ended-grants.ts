import { loadRecord } from "./load-record"
import { recordOver } from "./record-ended"
import { endsSoonMs } from "./save-device"
import type { Store } from "./store"
import { inDeviceTransaction } from "./transaction"

const batchSize = 100

/**
 * Records what was granted for a time and is over, closes the sockets that stood on it, and marks what ends soon. That
 * nothing of it can be used any more holds without it, but for those sockets. Returns how many devices it looked at.
 */
export async function recordEndedGrants(store: Store, nowMs: number): Promise<number> {
  const { policy } = await store.policy()
  const over = await store.db.device.findMany({
    where: { nextEndMs: { lt: nowMs } },
    orderBy: [{ nextEndMs: "asc" }, { deviceId: "asc" }],
    take: batchSize,
    select: { deviceId: true },
  })
  for (const { deviceId } of over) {
    await inDeviceTransaction(store, deviceId, async (tx) =>
      recordOver(tx, await loadRecord(tx, deviceId, nowMs), policy, nowMs),
    )
  }
  await markEndingSoon(store, nowMs)
  return over.length
}

async function markEndingSoon({ db }: Store, nowMs: number): Promise<void> {
  const where = { endsSoon: false, nextEndMs: { lte: nowMs + endsSoonMs } }
  // Looked for first, for a write takes its turn among all others also when it changes nothing.
  const next = await db.device.findFirst({ where, orderBy: { nextEndMs: "asc" }, select: { deviceId: true } })
  if (next !== null) await db.device.updateMany({ where, data: { endsSoon: true } })
}
