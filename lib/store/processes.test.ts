import { describe, expect, it } from "vitest"
import type { Change } from "./hub"
import { amongSql, ofSql } from "./other-connections"
import type { LiveConnection } from "./presence"
import type { ProcessRole } from "./processes"
import type { Store } from "./store"
import { dialects, openStoreAt, openTestStore, type TestLocation, testLocation } from "./testing"

const connection = (connId: string, deviceId: string | null = "dev-1"): LiveConnection => ({
  ...{ connId, deviceId, role: "operator", scopes: ["operator.read", "operator.write"] },
  ...{ address: "192.168.1.20", client: "cli", sinceMs: 1_000 },
})

/** A further process, which beats when it is told to. */
async function join(location: TestLocation, processRole: ProcessRole = "gateway"): Promise<Store> {
  const store = await openStoreAt(location, { processRole })
  await store.processes.beat()
  return store
}

async function openThree() {
  const location = await testLocation("postgresql")
  return { location, one: await join(location), other: await join(location), pages: await join(location, "console") }
}

const age = (store: Store, byMs: number) =>
  store.db.$executeRaw`UPDATE "Process" SET "beatAtMs" = "beatAtMs" - ${byMs} WHERE "role" <> 'console'`

function hear(store: Store): Change[] {
  const heard: Change[] = []
  store.hub.subscribe((changes) => heard.push(...changes))
  return heard
}

describe("who is connected to other processes", () => {
  it("is seen on all of them after a beat, with all that is shown of it", async () => {
    const { one, other, pages } = await openThree()
    one.presence.add(connection("c1"))
    expect(await pages.presence.of("dev-1")).toEqual([])
    await one.processes.beat()
    expect(await pages.presence.of("dev-1")).toEqual([connection("c1")])
    expect(await other.presence.among(["dev-1", "dev-2"])).toEqual(new Set(["dev-1"]))
    expect(other.presence.listHere()).toEqual([])
    one.presence.drop("c1")
    await one.processes.beat()
    expect(await pages.presence.of("dev-1")).toEqual([])
  })

  it("is counted once for each device, wherever it has connections", async () => {
    const { one, other, pages } = await openThree()
    for (const [store, connId] of [
      [one, "c1"],
      [one, "c2"],
      [other, "c3"],
    ] as const)
      store.presence.add(connection(connId))
    other.presence.add(connection("c4", "dev-2"))
    other.presence.add(connection("c5", null))
    for (const store of [one, other]) await store.processes.beat()
    const expected = { connections: 5, devices: 3 }
    for (const store of [one, other, pages]) expect(await store.presence.counts()).toEqual(expected)
    expect(await pages.presence.devices()).toEqual(new Set(["dev-1", "dev-2"]))
    expect((await one.presence.list()).map(({ connId }) => connId).sort()).toEqual(["c1", "c2", "c3", "c4", "c5"])
  })

  it("is told to their pages by name, and a crowd as a crowd", async () => {
    const { one, pages } = await openThree()
    const heard = hear(pages)
    one.presence.add(connection("c1"))
    await one.processes.beat()
    await expect.poll(() => heard).toEqual([{ kind: "presence", deviceId: "dev-1", online: true }])
    one.presence.drop("c1")
    await one.processes.beat()
    await expect.poll(() => heard).toContainEqual({ kind: "presence", deviceId: "dev-1", online: false })
    for (let n = 0; n < 5_000; n += 1) one.presence.add(connection(`many-${n}`, `dev-${n}`))
    await one.processes.beat()
    await expect.poll(() => heard).toContainEqual({ kind: "presence", deviceId: null, online: true })
    expect(heard).toHaveLength(3)
    expect(await pages.presence.counts()).toEqual({ connections: 5_000, devices: 5_000 })
  })

  it("costs nothing of what came and went between two beats", async () => {
    const { one, pages } = await openThree()
    const heard = hear(pages)
    one.presence.add(connection("c1"))
    one.presence.drop("c1")
    expect(one.presence.takeMoves(10)).toEqual({ came: [], went: [] })
    await one.processes.beat()
    expect(await pages.db.connection.count()).toBe(0)
    expect(heard).toEqual([])
  })
})

describe("a process that was killed", () => {
  it("counts until its beat is five seconds old, and then nothing of it does", async () => {
    const { one, other, pages } = await openThree()
    one.presence.add(connection("c1"))
    for (const store of [one, pages]) await store.processes.beat()
    const heard = hear(pages)
    await age(pages, 4_000)
    await pages.processes.beat()
    expect(await pages.presence.among(["dev-1"])).toEqual(new Set(["dev-1"]))
    await age(pages, 1_001)
    expect(await pages.presence.of("dev-1")).toEqual([])
    expect(await pages.presence.counts()).toEqual({ connections: 0, devices: 0 })
    await pages.processes.beat()
    expect(heard).toEqual([{ kind: "presence", deviceId: null, online: false }])
    expect(pages.processes.gateways()).toBe(1)
    await other.processes.beat()
    expect(other.processes.gateways()).toBe(1)
  })

  it("is forgotten with all that it held", async () => {
    const { one, pages } = await openThree()
    one.presence.add(connection("c1"))
    await one.processes.beat()
    await age(pages, 31_000)
    await pages.processes.beat()
    expect(await pages.db.process.findMany({ select: { role: true } })).toEqual([{ role: "console" }])
    expect(await pages.db.connection.count()).toBe(0)
  })
})

describe("a process that wakes", () => {
  it("is seen again with what it still holds, though it was taken for dead", async () => {
    const { one, other, pages } = await openThree()
    one.presence.add(connection("c1"))
    one.presence.add(connection("c2", "dev-2"))
    await one.processes.beat()
    await age(pages, 31_000)
    await other.processes.beat()
    one.presence.drop("c2")
    await one.processes.beat()
    expect((await pages.presence.list()).map(({ connId }) => connId)).toEqual(["c1"])
  })
})

describe("a process that ends", () => {
  it("leaves nothing, and does not come back by a beat under way", async () => {
    const { one, pages } = await openThree()
    one.presence.add(connection("c1"))
    await one.processes.beat()
    await one.processes.leave()
    await one.processes.beat()
    expect(await pages.presence.list()).toEqual([])
    expect(await pages.db.process.count()).toBe(2)
  })

  it("does so when its store is closed", async () => {
    const location = await testLocation("postgresql")
    const pages = await join(location, "console")
    const one = await openStoreAt(location, { chores: "run", processRole: "gateway" })
    await expect.poll(() => pages.db.process.count()).toBe(2)
    await one.close()
    expect(await pages.db.process.count()).toBe(1)
  })
})

describe("what could not be told", () => {
  it("is told with the next beat", async () => {
    const { one, pages } = await openThree()
    one.presence.add(connection("c1"))
    await pages.db.$executeRaw`ALTER TABLE "Connection" RENAME TO "Elsewhere"`
    await expect(one.processes.beat()).rejects.toThrow(/Connection/)
    one.presence.add(connection("c2"))
    await pages.db.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "Connection"`
    await one.processes.beat()
    expect((await pages.presence.of("dev-1")).map(({ connId }) => connId)).toEqual(["c1", "c2"])
  })
})

describe("a device or fifty among many connections", () => {
  it("are found by an index", async () => {
    const { one, pages } = await openThree()
    for (let n = 0; n < 20_000; n += 1) one.presence.add(connection(`c-${n}`, `dev-${n}`))
    await one.processes.beat()
    await pages.db.$executeRaw`ANALYZE`
    const few = JSON.stringify(Array.from({ length: 50 }, (_, n) => `dev-${n}`))
    for (const [sql, asked] of [
      [ofSql, "dev-1"],
      [amongSql, few],
    ] as const) {
      const plan = (await pages.readRows(`EXPLAIN ${sql}`, ["x", asked])).map((row) => row["QUERY PLAN"]).join("\n")
      expect(plan).toMatch(/Index Scan (using|on) "?Connection_deviceId_idx/)
      expect(plan).not.toMatch(/Seq Scan on "Connection"/)
    }
  })
})

describe("the only process", () => {
  it.each(dialects)("sees what it holds itself, on %s", async (dialect) => {
    const store = await openTestStore(dialect)
    store.presence.add(connection("c1"))
    expect(await store.presence.of("dev-1")).toEqual([connection("c1")])
    expect(await store.presence.counts()).toEqual({ connections: 1, devices: 1 })
    expect(store.processes.gateways()).toBe(1)
  })

  it("writes nothing of it on SQLite, and collects nothing", async () => {
    const store = await openTestStore("sqlite")
    store.presence.add(connection("c1"))
    await store.processes.beat()
    expect(store.presence.takeMoves(10)).toEqual({ came: [], went: [] })
    expect(await store.db.process.count()).toBe(0)
    expect(await store.db.connection.count()).toBe(0)
  })
})
