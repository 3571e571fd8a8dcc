import { describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { recordAudit } from "./audit"
import { changePolicy } from "./change-policy"
import type { Change } from "./hub"
import { createKeys } from "./keys"
import { listenerName } from "./listen-connection"
import { dialects, openStoreAt, openTestStore, testKeys, testLocation } from "./testing"
import { inTransaction } from "./transaction"

const system = { kind: "system", name: "test" } as const
const entry = { action: "settings.changed", actor: system, atMs: 1 } as const

describe.each(dialects)("a store on %s", (dialect) => {
  it("is migrated and empty", async () => {
    const store = await openTestStore(dialect)
    expect(await store.db.device.count()).toBe(0)
    expect((await store.policy()).version).toBe(0)
  })

  it("publishes what a transaction announced once it has committed", async () => {
    const store = await openTestStore(dialect)
    const heard: Change[] = []
    store.hub.subscribe((changes) => heard.push(...changes))
    const entryId = await inTransaction(store, (tx) => recordAudit(tx, entry))
    expect(heard).toEqual([])
    await new Promise(setImmediate)
    expect(heard).toEqual([{ kind: "audit", entryId }])
  })

  it("keeps and publishes nothing of a transaction that throws", async () => {
    const store = await openTestStore(dialect)
    const heard: Change[] = []
    store.hub.subscribe((changes) => heard.push(...changes))
    const failing = inTransaction(store, async (tx) => {
      await recordAudit(tx, entry)
      throw new Error("on purpose")
    })
    await expect(failing).rejects.toThrow("on purpose")
    await new Promise(setImmediate)
    expect(heard).toEqual([])
    expect(await store.db.auditEntry.count()).toBe(0)
  })

  it("shows readers committed rows only", async () => {
    const store = await openTestStore(dialect)
    await inTransaction(store, async (tx) => {
      await recordAudit(tx, entry)
      expect(await store.db.auditEntry.count()).toBe(0)
      expect(await store.readRows('SELECT "id" FROM "AuditEntry" WHERE "atMs" = $1', [1])).toEqual([])
      expect(await tx.db.auditEntry.count()).toBe(1)
    })
    expect(await store.db.auditEntry.count()).toBe(1)
  })

  it("does not mix a write from outside into an open transaction", async () => {
    const store = await openTestStore(dialect)
    const row = { value: "1", updatedAtMs: 1, updatedBy: "test" }
    let outside: Promise<unknown> = Promise.resolve()
    const failing = inTransaction(store, async (tx) => {
      await tx.db.setting.create({ data: { key: "inside", ...row } })
      outside = store.db.setting.create({ data: { key: "outside", ...row } })
      outside.catch(() => undefined)
      throw new Error("on purpose")
    })
    await expect(failing).rejects.toThrow("on purpose")
    await outside
    const keys = await store.db.setting.findMany({ where: { key: { contains: "side" } }, select: { key: true } })
    expect(keys).toEqual([{ key: "outside" }])
  })

  it("lets two stores write one database in turns", async () => {
    const location = await testLocation(dialect)
    const stores = [await openStoreAt(location), await openStoreAt(location)]
    await Promise.all(
      stores.flatMap((store) => Array.from({ length: 20 }, () => inTransaction(store, (tx) => recordAudit(tx, entry)))),
    )
    expect(await stores[0]?.db.auditEntry.count()).toBe(40)
  })

  it("refuses to open under another server key, and says what to do", async () => {
    const location = await testLocation(dialect)
    await (await openStoreAt(location)).close()
    const other = createKeys(["another-server-key-of-more-than-32-characters"])
    await expect(openStoreAt(location, { keys: other })).rejects.toThrow(/server key is not the one of this database/)
  })

  it("opens under a new server key beside the old one, and afterwards under the new one alone", async () => {
    const location = await testLocation(dialect)
    await openStoreAt(location)
    const fresh = "a-fresh-server-key-of-more-than-32-characters"
    const rolled = createKeys([fresh, "a-server-key-for-tests-only-of-32-characters-or-more"])
    const tokenId = testKeys.newTokenId()
    expect(rolled.deriveToken(tokenId, "d", "node")).toBe(testKeys.deriveToken(tokenId, "d", "node"))
    await openStoreAt(location, { keys: rolled })
    await openStoreAt(location, { keys: createKeys([fresh]) })
    await expect(openStoreAt(location)).rejects.toThrow(/server key/)
  })
})

describe("two processes on one PostgreSQL database", () => {
  const closed = { kind: "sessions-closed", deviceId: "dev-1", role: "operator", because: "test" } as const

  it("tell each other what changed, once, many changes too", async () => {
    const location = await testLocation("postgresql")
    const [one, other] = [await openStoreAt(location), await openStoreAt(location)]
    const heard = { one: [] as Change[], other: [] as Change[] }
    one.hub.subscribe((changes) => heard.one.push(...changes))
    other.hub.subscribe((changes) => heard.other.push(...changes))
    one.hub.publish(Array.from({ length: 50 }, () => closed))
    await expect.poll(() => heard.other.length).toBe(50)
    expect(heard.other[0]).toEqual(closed)
    await expect.poll(() => heard.one.length).toBe(50)
  })

  it("catch up after their connection was lost", async () => {
    const location = await testLocation("postgresql")
    const [one, other] = [await openStoreAt(location), await openStoreAt(location)]
    const heard: Change[] = []
    other.hub.subscribe((changes) => heard.push(...changes))
    await one.db.$executeRaw`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = ${listenerName}`
    await inTransaction(one, async (tx) => tx.announce(closed))
    await expect.poll(() => heard, { timeout: 1_000, interval: 20 }).toEqual([closed])
    const again = { ...closed, because: "told after the gap" }
    one.hub.publish([again])
    await expect.poll(() => heard, { timeout: 5_000 }).toContainEqual(again)
    expect(heard.filter((change) => change.kind === "sessions-closed" && change.because === again.because)).toEqual([
      again,
    ])
  })

  it("see a changed policy at the next connect", async () => {
    const location = await testLocation("postgresql")
    const [one, other] = [await openStoreAt(location), await openStoreAt(location)]
    expect((await other.policy()).version).toBe(0)
    const policy = { ...seedPolicy, localPairing: "manual" } as const
    await changePolicy(one, { policy, version: 0, note: "test", actor: system, nowMs: 1 })
    await expect.poll(async () => (await other.policy()).version, { timeout: 1_000 }).toBe(1)
  })
})
