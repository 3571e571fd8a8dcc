import { describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { dayMs } from "./observed"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { knock } from "./testing-connect"

const device = (store: Store) => store.db.device.findUniqueOrThrow({ where: { deviceId: "dev-1" } })
const older = (store: Store) => store.db.connectCount.findMany({ orderBy: { day: "asc" } })

describe.each(dialects)("what is written of who was seen, on %s", (dialect) => {
  async function paired() {
    const store = await openTestStore(dialect)
    const first = await connectDevice(store, knock({ from: "loopback", nowMs: 1_000 }))
    if (!first.ok || first.token === null) throw new Error("expected a token")
    const auth = { kind: "device-token", secret: first.token.secret } as const
    const enter = (nowMs: number) => connectDevice(store, knock({ auth, nowMs }))
    // The first use of a token is a command of its own.
    await enter(2_000)
    await store.observed.flush()
    return { store, enter, allowedBefore: (await device(store)).allowCount }
  }

  it("counts plain allows of the latest day in the device's row, and those of earlier days by themselves", async () => {
    const { store, enter, allowedBefore } = await paired()
    for (const nowMs of [3_000, 4_000, 5_000]) await enter(nowMs)
    await store.observed.flush()
    await enter(6_000)
    await store.observed.flush()
    expect(await device(store)).toMatchObject({ allowDay: 0, allowCount: allowedBefore + 4 })
    expect(await older(store)).toEqual([])

    await enter(dayMs + 1)
    await store.observed.flush()
    expect(await device(store)).toMatchObject({ allowDay: 1, allowCount: 1, operatorUsedAtMs: dayMs + 1 })
    expect(await older(store)).toEqual([{ deviceId: "dev-1", day: 0, count: allowedBefore + 4 }])
  })

  it("loses nothing when midnight falls between two writes, or an earlier day is told late", async () => {
    const { store, enter, allowedBefore } = await paired()
    for (const nowMs of [dayMs - 1, dayMs, 2 * dayMs]) await enter(nowMs)
    await store.observed.flush()
    expect(await device(store)).toMatchObject({ allowDay: 2, allowCount: 1 })
    await enter(dayMs + 5)
    await store.observed.flush()
    expect(await device(store)).toMatchObject({ allowDay: 2, allowCount: 1 })
    expect(await older(store)).toEqual([
      { deviceId: "dev-1", day: 0, count: allowedBefore + 1 },
      { deviceId: "dev-1", day: 1, count: 2 },
    ])
  })
})
