import { expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { lookTerm, pairedLookSql } from "./lookalike"
import { dialects, openTestStore } from "./testing"
import { knock } from "./testing-connect"

const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"

it.each(dialects)("on %s an index serves who goes by nearly the name of another key", async (dialect) => {
  const store = await openTestStore(dialect)
  await connectDevice(store, knock({ from: "loopback" }))
  for (const rows of [
    `"Device" ("deviceId", "publicKey", "sortName", "roles", "approvedVia", "pairedAtMs", "approvedAtMs", "revision")
     ${numbers} SELECT 'd' || i, 'key ' || i, 'd' || i, 'operator', 'person', i, i, 1 FROM n`,
    `"DeviceTerm" ("deviceId", "term") ${numbers} SELECT 'd' || i, '~many' FROM n`,
  ]) {
    await store.db.$executeRawUnsafe(`INSERT INTO ${rows}`)
  }
  if (dialect === "postgresql") await store.db.$executeRawUnsafe("ANALYZE")
  const named = (id: string, name: string, deviceId: string) => [id, lookTerm(name), deviceId]
  const asked = JSON.stringify([
    named("another key", "Lаptop", "dev-2"),
    named("its own", "Laptop", "dev-1"),
    named("another name", "Tablet", "dev-2"),
    named("the name of many", "Many", "d1"),
  ])
  const sql = pairedLookSql(dialect)
  expect(await store.readRows(sql, [asked])).toEqual([{ id: "another key" }, { id: "the name of many" }])
  const explain = dialect === "sqlite" ? "EXPLAIN QUERY PLAN" : "EXPLAIN"
  const rows = await store.readRows(`${explain} ${sql}`, [asked])
  const plan = rows.map((row) => String(row.detail ?? row["QUERY PLAN"])).join("\n")
  expect(plan).toMatch(/SEARCH DeviceTerm USING COVERING INDEX|Index Only Scan using "DeviceTerm_term/)
})
