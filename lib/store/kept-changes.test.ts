import { describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import type { Change } from "./hub"
import { beginReading, deleteKeptChanges, keepAlone, readOn, readSql } from "./kept-changes"
import { type ListenConnection, openListenConnection } from "./listen-connection"
import type { Store } from "./store"
import { openStoreAt, openTestStore, testLocation } from "./testing"
import { knock } from "./testing-connect"

const revoked = (deviceId: string): Change => ({ kind: "sessions-closed", deviceId, role: null, because: "test" })
const minuteMs = 60_000

async function open(): Promise<{ store: Store; over: ListenConnection }> {
  const location = await testLocation("postgresql")
  const store = await openStoreAt(location)
  const over = await openListenConnection(location.databaseUrl ?? "", "test", { onMessage() {}, onEnd() {} })
  return { store, over }
}

describe("reading kept changes", () => {
  it("begins after what was there before, and tells the others' changes once", async () => {
    const { over } = await open()
    await keepAlone(over, "other", [revoked("dev-0")])
    const begun = await beginReading(over)
    await keepAlone(over, "other", [revoked("dev-1"), revoked("dev-2")])
    await keepAlone(over, "own", [revoked("dev-3")])
    const { changes, progress } = await readOn(over, "own", begun)
    expect(changes).toEqual([revoked("dev-1"), revoked("dev-2")])
    expect((await readOn(over, "own", progress)).changes).toEqual([])
    await over.close()
  })

  it("leaves out what another version may have written", async () => {
    const { store, over } = await open()
    const begun = await beginReading(over)
    await keepAlone(over, "other", [revoked("dev-1")])
    await store.db.$executeRaw`UPDATE "KeptChange" SET "changes" = '[{"kind":"from the future"},{"kind":"settings"}]'`
    expect((await readOn(over, "own", begun)).changes).toEqual([{ kind: "settings" }])
    await over.close()
  })

  it("finds a change whose transaction has a number from before a crash", async () => {
    const { store, over } = await open()
    await keepAlone(over, "other", [revoked("dev-0")])
    const begun = await beginReading(over)
    await keepAlone(over, "other", [revoked("dev-1")])
    await store.db.$executeRaw`UPDATE "KeptChange" SET "transactionId" = 5 WHERE "sequence" > 1`
    expect((await readOn(over, "own", begun)).changes).toEqual([revoked("dev-1")])
    await over.close()
  })

  it("says that it cannot know after having been away for longer than rows are kept", async () => {
    const { over } = await open()
    const begun = await beginReading(over)
    await keepAlone(over, "other", [revoked("dev-1")])
    const atMs = begun.atMs - 49 * minuteMs
    expect((await readOn(over, "own", { ...begun, atMs })).changes).toEqual([revoked("dev-1")])
    const late = await readOn(over, "own", { ...begun, atMs: begun.atMs - 51 * minuteMs })
    expect(late.changes).toEqual([{ kind: "missed" }])
    await keepAlone(over, "other", [revoked("dev-2")])
    expect((await readOn(over, "own", late.progress)).changes).toEqual([revoked("dev-2")])
    await over.close()
  })

  it("says so too of a database that has lost what was read from it", async () => {
    const { store, over } = await open()
    for (const deviceId of ["dev-1", "dev-2"]) await keepAlone(over, "other", [revoked(deviceId)])
    const begun = await beginReading(over)
    await store.db.$executeRaw`DELETE FROM "KeptChange" WHERE "sequence" = 2`
    await store.db.$executeRaw`SELECT setval('"KeptChange_sequence_seq"', 1)`
    expect((await readOn(over, "own", begun)).changes).toEqual([{ kind: "missed" }])
    await over.close()
  })

  it("goes by indexes, however many are kept", async () => {
    const { store, over } = await open()
    await store.db.$executeRaw`INSERT INTO "KeptChange" ("process", "transactionId", "atMs", "changes")
      SELECT 'other', i, 1, '[]' FROM generate_series(1, 20000) AS i`
    await store.db.$executeRaw`ANALYZE "KeptChange"`
    const plan = await over.ask(`EXPLAIN ${readSql}`, ["own", 20_000, [1, 2], 20_000])
    const lines = plan.map((row) => row["QUERY PLAN"]).filter((line) => !/on "KeptChange_sequence_seq"/.test(`${line}`))
    expect(lines.join("\n")).toMatch(/Bitmap Index Scan on "KeptChange_transactionId_idx"/)
    expect(lines.join("\n")).not.toMatch(/Seq Scan/)
    await over.close()
  })
})

describe("kept changes", () => {
  it("are deleted after an hour by the clock of the database", async () => {
    const { store, over } = await open()
    for (const deviceId of ["dev-1", "dev-2", "dev-3"]) await keepAlone(over, "other", [revoked(deviceId)])
    await store.db.$executeRaw`UPDATE "KeptChange" SET "atMs" = "atMs" - ${61 * minuteMs} WHERE "sequence" <= 2`
    await store.db.$executeRaw`UPDATE "KeptChange" SET "atMs" = "atMs" - ${59 * minuteMs} WHERE "sequence" = 3`
    await deleteKeptChanges(store)
    expect(await store.db.keptChange.findMany({ select: { sequence: true } })).toEqual([{ sequence: 3n }])
    await over.close()
  })

  it("are none of a plain reconnect, nor of who is connected", async () => {
    const { store, over } = await open()
    const visit = knock({ from: "loopback" })
    await connectDevice(store, visit)
    await store.observed.flush()
    const before = await store.db.keptChange.count()
    expect(before).toBeGreaterThan(0)
    await connectDevice(store, visit)
    await store.observed.flush()
    store.hub.publish([{ kind: "presence", deviceId: "dev-1", online: true }])
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await store.db.keptChange.count()).toBe(before)
    await over.close()
  })

  it("are none on SQLite, which serves one process", async () => {
    const store = await openTestStore("sqlite")
    await connectDevice(store, knock({ from: "loopback" }))
    await deleteKeptChanges(store)
    expect(await store.db.keptChange.count()).toBe(0)
  })
})
