import { beforeEach, describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { removeDevice } from "./remove-device"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

describe.each(dialects)("the keys of one machine on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  const counts = async () => {
    const rows = await store.db.machine.findMany({ orderBy: { pairings: "desc" } })
    return rows.map(({ machineKey, pairings }) => [machineKey.split("\n")[0], pairings])
  }
  const pair = async (device: string, displayName: string | null) => {
    const metadata = { ...knock().metadata, displayName }
    expect(await connectDevice(store, knock({ from: "loopback", device, metadata }))).toMatchObject({ ok: true })
  }

  it("are counted as they come and go, to the letter of what they report", async () => {
    await pair("dev-1", "Laptop")
    await pair("dev-2", "Laptop")
    await pair("dev-3", "laptop")
    await pair("dev-4", null)
    await pair("dev-5", " ")
    expect(await counts()).toEqual([
      ["Laptop", 2],
      ["laptop", 1],
    ])
    for (const deviceId of ["dev-2", "dev-3"])
      expect(await removeDevice(store, { deviceId, actor: admin, nowMs: 2_000_000 })).toMatchObject({ ok: true })
    expect(await counts()).toEqual([["Laptop", 1]])
    expect(await store.db.device.count({ where: { machineKey: null } })).toBe(2)
  })
})
