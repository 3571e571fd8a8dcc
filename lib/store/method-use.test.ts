import { beforeEach, describe, expect, it } from "vitest"
import { deleteOldRows } from "./delete-old-rows"
import { dayMs } from "./observed"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"

const nowMs = 100 * dayMs + 5

describe.each(dialects)("the methods that devices call, on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  const call = (method: string, over: { deviceId?: string; missingScope?: string; nowMs?: number } = {}) => {
    const missingScope = over.missingScope ?? null
    const plain = { deviceId: "dev-1", nowMs, ...over }
    store.observed.called({ ...plain, method, missingScope, refused: missingScope !== null })
  }
  const rows = () => store.db.methodUse.findMany({ orderBy: [{ deviceId: "asc" }, { day: "asc" }, { method: "asc" }] })

  it("are added up per device, method and day, with the refusals and what the last one lacked", async () => {
    call("health")
    call("health")
    call("sessions.patch", { missingScope: "operator.write" })
    call("health", { deviceId: "dev-2" })
    call("health", { nowMs: nowMs + dayMs })
    await store.observed.flush()
    call("sessions.patch", { missingScope: "operator.admin" })
    call("sessions.patch")
    await store.observed.flush()
    await store.observed.flush()
    const plain = { refused: 0, missingScope: null }
    expect(await rows()).toEqual([
      { deviceId: "dev-1", day: 100, method: "health", count: 2, ...plain },
      { deviceId: "dev-1", day: 100, method: "sessions.patch", count: 3, refused: 2, missingScope: "operator.admin" },
      { deviceId: "dev-1", day: 101, method: "health", count: 1, ...plain },
      { deviceId: "dev-2", day: 100, method: "health", count: 1, ...plain },
    ])
  })

  it("leave bounded rows, however many names a device invents", async () => {
    call("health")
    call("health", { deviceId: "dev-2" })
    for (let turn = 0; turn < 3; turn++) {
      for (let index = 0; index < 150; index++) call(`made.up.${turn}.${index}`)
      await store.observed.flush()
    }
    call("health")
    call("x".repeat(500), { deviceId: "dev-2" })
    await store.observed.flush()
    const own = (await rows()).filter(({ deviceId }) => deviceId === "dev-1")
    expect(own).toHaveLength(201)
    expect(own.find(({ method }) => method === "other")).toMatchObject({ count: 251 })
    expect(own.find(({ method }) => method === "health")).toMatchObject({ count: 2 })
    const others = (await rows()).filter(({ deviceId }) => deviceId === "dev-2")
    expect(others.map(({ method }) => method)).toEqual(["health", "x".repeat(100)])
  })

  it("are bounded in memory between two flushes", async () => {
    for (let index = 0; index < 20_500; index++) call("health", { deviceId: `dev-${index}` })
    call("health", { deviceId: "dev-0" })
    await store.observed.flush()
    expect(await store.db.methodUse.count()).toBe(20_000)
    expect(await store.db.methodUse.findMany({ where: { deviceId: "dev-0" } })).toMatchObject([{ count: 2 }])
  })

  it("are forgotten when the settings no longer keep them", async () => {
    call("health")
    await store.observed.flush()
    await deleteOldRows(store, nowMs + 90 * dayMs)
    expect(await store.db.methodUse.count()).toBe(1)
    await deleteOldRows(store, nowMs + 91 * dayMs)
    expect(await store.db.methodUse.count()).toBe(0)
  })
})
