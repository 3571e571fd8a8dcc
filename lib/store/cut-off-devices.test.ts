import { beforeEach, describe, expect, it } from "vitest"
import { blockDevice } from "./block-device"
import { connectDevice } from "./connect-device"
import { removeDevices, revokeDevices, summariseCutOff } from "./cut-off-devices"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const by = { note: "clean up", actor: admin, nowMs: 2_000_000 }

describe.each(dialects)("cutting off several devices on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
    for (const [device, scopes] of [
      ["dev-1", ["operator.read"]],
      ["dev-2", ["operator.read", "operator.pairing"]],
      ["dev-3", ["operator.read", "operator.admin"]],
    ] as const)
      expect(await connectDevice(store, knock({ from: "loopback", device, scopes }))).toMatchObject({ ok: true })
  })

  const actions = async () =>
    (await store.db.auditEntry.findMany({ where: { note: "clean up" }, orderBy: { id: "asc" } })).map(
      ({ action, deviceId }) => `${action} ${deviceId}`,
    )

  it("removes each on its own, with an audit entry each, and says what became of it", async () => {
    const outcomes = await removeDevices(store, { ...by, deviceIds: ["dev-1", "dev-2", "dev-9", "dev-1"] })
    expect(outcomes).toEqual([
      { deviceId: "dev-1", refused: null },
      { deviceId: "dev-2", refused: null },
      { deviceId: "dev-9", refused: "unknown-device-or-role" },
    ])
    expect(await actions()).toEqual(["device.removed dev-1", "device.removed dev-2"])
    expect(await store.db.device.findMany({ select: { deviceId: true } })).toEqual([{ deviceId: "dev-3" }])
  })

  it("leaves the last device with admin, the one in use of several, and says so before", async () => {
    await connectDevice(store, knock({ from: "loopback", device: "dev-4", scopes: ["operator.admin"] }))
    await store.db.device.update({ where: { deviceId: "dev-3" }, data: { lastSeenAtMs: 9_000_000 } })
    const deviceIds = ["dev-3", "dev-1", "dev-2", "dev-4"]
    expect(await summariseCutOff(store, { deviceIds, ownAddress: null })).toEqual({
      devices: 4,
      online: 0,
      scopes: [
        { scope: "operator.admin", devices: 1 },
        { scope: "operator.pairing", devices: 1 },
        { scope: "operator.read", devices: 2 },
      ],
      kept: [{ deviceId: "dev-3", because: ["last-admin"] }],
    })
    const outcomes = await revokeDevices(store, { ...by, deviceIds })
    expect(outcomes.filter(({ refused }) => refused !== null)).toEqual([
      { deviceId: "dev-3", refused: "would-lock-out" },
    ])
    expect(await store.db.token.count({ where: { revokedAtMs: null } })).toBe(1)
    expect(await actions()).toEqual(["token.revoked dev-1", "token.revoked dev-2", "token.revoked dev-4"])
  })

  it("leaves the last one with pairing where none holds admin, and does not count a blocked one as left", async () => {
    expect(await blockDevice(store, { ...by, deviceId: "dev-3", confirmedLockout: true })).toMatchObject({ ok: true })
    const deviceIds = ["dev-1", "dev-2"]
    expect((await summariseCutOff(store, { deviceIds, ownAddress: null })).kept).toEqual([
      { deviceId: "dev-2", because: ["last-pairing"] },
    ])
    expect(await removeDevices(store, { ...by, deviceIds })).toEqual([
      { deviceId: "dev-1", refused: null },
      { deviceId: "dev-2", refused: "would-lock-out" },
    ])
  })

  it("leaves what is connected from where the person works", async () => {
    const live = { connId: "c1", deviceId: "dev-1", role: "operator", scopes: [], client: null, sinceMs: 1 } as const
    store.presence.add({ ...live, address: "192.168.1.5" })
    const deviceIds = ["dev-1"]
    expect(await summariseCutOff(store, { deviceIds, ownAddress: "192.168.1.5" })).toEqual({
      ...{ devices: 1, online: 0, scopes: [] },
      kept: [{ deviceId: "dev-1", because: ["own-device"] }],
    })
    const all = { deviceIds: ["dev-1", "dev-3"], ownAddress: "192.168.1.5" }
    store.presence.add({ ...live, connId: "c2", deviceId: "dev-3", address: "192.168.1.5" })
    expect((await summariseCutOff(store, all)).kept).toEqual([
      { deviceId: "dev-1", because: ["own-device"] },
      { deviceId: "dev-3", because: ["last-admin", "own-device"] },
    ])
    expect(await removeDevices(store, { ...by, ownAddress: "192.168.1.5", deviceIds })).toEqual([
      { deviceId: "dev-1", refused: "would-lock-out" },
    ])
  })

  it("refuses a device whose tokens are revoked already", async () => {
    const deviceIds = ["dev-1"]
    await revokeDevices(store, { ...by, deviceIds })
    expect(await revokeDevices(store, { ...by, deviceIds })).toEqual([
      { deviceId: "dev-1", refused: "nothing-to-change" },
    ])
  })
})
