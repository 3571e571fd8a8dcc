import { dayMs } from "./observed"
import { currentSettings } from "./settings"
import type { Store } from "./store"

/** Deletes what the settings no longer keep: attempts, ended requests whose rejection is over, counters. */
export async function deleteOldRows(store: Store, nowMs: number): Promise<void> {
  const { attemptDays, requestDays, refusalDays, methodUseDays } = await currentSettings(store)
  const before = (days: number) => nowMs - days * dayMs
  await store.db.connectAttempt.deleteMany({ where: { lastAtMs: { lt: before(attemptDays) } } })
  await store.db.connectCount.deleteMany({ where: { day: { lt: Math.floor(before(attemptDays) / dayMs) } } })
  await store.db.refusalCount.deleteMany({ where: { hour: { lt: Math.floor(before(refusalDays) / 3_600_000) } } })
  await store.db.methodUse.deleteMany({ where: { day: { lt: Math.floor(before(methodUseDays) / dayMs) } } })
  await store.db.request.deleteMany({
    where: {
      endedAtMs: { lt: before(requestDays) },
      status: { not: "pending" },
      OR: [{ heldUntilMs: null }, { heldUntilMs: { lt: nowMs } }],
    },
  })
}
