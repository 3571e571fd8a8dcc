import { beforeEach, describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { mergeDuplicates } from "./merge-duplicates"
import { noteDevice } from "./note-device"
import { renameDevice } from "./rename-device"
import type { Store } from "./store"
import { tagDevice } from "./tag-device"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const by = { actor: admin, nowMs: 2_000_000 }

describe.each(dialects)("merging the keys of one machine on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  const pair = async (device: string, scopes: readonly string[], displayName = "Laptop") => {
    const metadata = { ...knock().metadata, displayName }
    const answer = await connectDevice(store, knock({ from: "loopback", device, scopes, metadata }))
    expect(answer).toMatchObject({ ok: true })
  }
  const device = (deviceId: string) => store.db.device.findUnique({ where: { deviceId }, include: { tags: true } })

  it("removes the older ones and carries over what people wrote, but no rights", async () => {
    await pair("old-1", ["operator.read", "operator.write"])
    await pair("old-2", ["operator.read"])
    await pair("new", ["operator.read"])
    await renameDevice(store, { ...by, deviceId: "old-1", label: "Front desk" })
    await noteDevice(store, { ...by, deviceId: "old-2", note: "Ask Mara." })
    await noteDevice(store, { ...by, deviceId: "new", note: "Bought in May." })
    await tagDevice(store, { ...by, deviceId: "old-1", add: ["kiosk"], remove: [] })
    const outcomes = await mergeDuplicates(store, { ...by, keep: "new", deviceIds: ["old-1", "old-2"] })
    expect(outcomes).toEqual([
      { deviceId: "old-1", refused: null },
      { deviceId: "old-2", refused: null },
    ])
    expect(await device("new")).toMatchObject({
      ...{ label: "Front desk", note: "Bought in May.\nAsk Mara.", approvedScopes: "operator.read" },
      tags: [{ tag: "kiosk" }],
    })
    expect(await device("old-1")).toBeNull()
    expect(await store.db.auditEntry.count({ where: { action: "device.removed" } })).toBe(2)
    expect(await store.db.machine.findMany()).toMatchObject([{ pairings: 1 }])
  })

  it("leaves what is connected, what is another machine, and the last one with admin", async () => {
    await pair("old-1", ["operator.read"])
    await pair("old-2", ["operator.read", "operator.admin"])
    await pair("other", ["operator.read"], "Another")
    await pair("new", ["operator.read"])
    const live = { connId: "c1", deviceId: "old-1", role: "operator", scopes: [], address: "", client: null } as const
    store.presence.add({ ...live, sinceMs: 1 })
    const deviceIds = ["old-1", "old-2", "other", "gone", "new"]
    expect(await mergeDuplicates(store, { ...by, keep: "new", deviceIds })).toEqual([
      { deviceId: "old-1", refused: "still-connected" },
      { deviceId: "old-2", refused: "would-lock-out" },
      { deviceId: "other", refused: "another-machine" },
      { deviceId: "gone", refused: "unknown-device-or-role" },
      { deviceId: "new", refused: "another-machine" },
    ])
    expect(await store.db.device.count()).toBe(4)
  })
})
