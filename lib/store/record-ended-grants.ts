import { placeholders } from "./client"
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

// Where no role is in force nobody has what ends.
const beginning = `"endsSoon" = false AND "nextEndMs" <= $1 AND ("isRevoked" = false OR EXISTS (
  SELECT 1 FROM "Token" WHERE "Token"."deviceId" = "Device"."deviceId" AND "Token"."revokedAtMs" IS NULL))`

export const endingQueries = {
  firstSql: `SELECT "deviceId" FROM "Device" WHERE ${beginning} ORDER BY "nextEndMs" LIMIT 1`,
  markSql: `UPDATE "Device" SET "endsSoon" = true WHERE ${beginning}`,
}

async function markEndingSoon({ db, dialect, readRows }: Store, nowMs: number): Promise<void> {
  const untilMs = nowMs + endsSoonMs
  // Looked for first, for a write takes its turn among all others also when it changes nothing.
  const found = await readRows(endingQueries.firstSql, [untilMs])
  if (found.length > 0) await db.$executeRawUnsafe(placeholders(dialect, endingQueries.markSql), untilMs)
}
