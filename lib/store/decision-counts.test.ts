import { expect, it } from "vitest"
import { recordAudit } from "./audit"
import { dialects, openTestStore } from "./testing"
import { admin } from "./testing-connect"
import { inTransaction } from "./transaction"

const atMs = 20_000 * 86_400_000

it.each(dialects)("on %s an entry is counted with its transaction, or not at all", async (dialect) => {
  const store = await openTestStore(dialect)
  const record = (action: "request.approved" | "request.filed", deviceId: string | null, isUndone = false) =>
    inTransaction(store, async (tx) => {
      await recordAudit(tx, { action, actor: admin, atMs, deviceId })
      if (isUndone) throw new Error("undone")
    })
  await record("request.approved", "a")
  await record("request.filed", "a")
  await expect(record("request.approved", "a", true)).rejects.toThrow("undone")
  await Promise.all(Array.from({ length: 20 }, (_, index) => record("request.approved", `device ${index}`)))
  await record("request.approved", null)
  const rows = await store.db.decisionCount.findMany()
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(22)
  expect(new Set(rows.map(({ part: _, count: __, ...key }) => JSON.stringify(key))).size).toBe(1)
  expect(rows[0]).toMatchObject({ day: 20_000, action: "request.approved", actorKind: "admin", actor: "admin-1" })
})
