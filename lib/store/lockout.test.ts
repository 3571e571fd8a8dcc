import { beforeEach, describe, expect, it } from "vitest"
import type { Refused } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { blockDevice } from "./block-device"
import { connectDevice } from "./connect-device"
import { editRights } from "./edit-rights"
import type { LockoutAnswer } from "./lockout"
import { lowerCeiling } from "./lower-ceiling"
import { removeDevice } from "./remove-device"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import type { Store } from "./store"
import { takeBackSilent } from "./take-back-silent"
import { dialects, openStoreAt, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const asAdmin = ["operator.admin"]
const wire: Actor = { ...admin, kind: "wire", deviceId: null, standing: null }

type Command = (store: Store, deviceId: string, answer: LockoutAnswer) => Promise<{ readonly ok: true } | Refused>

const rotation = { role: "operator", mode: { kind: "at-once" }, rememberNarrowing: true, nowMs } as const

const commands: readonly (readonly [string, Command])[] = [
  ["revoke", (store, deviceId, by) => revokeToken(store, { ...by, deviceId, role: "operator", nowMs })],
  ["remove", (store, deviceId, by) => removeDevice(store, { ...by, deviceId, nowMs })],
  ["block", (store, deviceId, by) => blockDevice(store, { ...by, deviceId, nowMs })],
  ["lower", (store, deviceId, by) => lowerCeiling(store, { ...by, deviceId, remove: asAdmin, nowMs })],
  ["take back", (store, deviceId, by) => takeBackSilent(store, { ...by, deviceId, nowMs })],
  [
    "rotate to fewer",
    (store, deviceId, by) => rotateToken(store, { ...by, ...rotation, deviceId, scopes: ["operator.read"] }),
  ],
  [
    "edit",
    async (store, deviceId, by) => {
      const { revision: shownRevision } = await store.db.device.findUniqueOrThrow({ where: { deviceId } })
      const choice = { role: "operator", approved: ["operator.read"], token: null, release: [], shownRevision } as const
      return editRights(store, { ...by, ...choice, actor: admin, deviceId, mode: { kind: "at-once" }, nowMs })
    },
  ],
]

describe.each(dialects)("before a command cuts off the last device that can pair, on %s,", (dialect) => {
  let stores: readonly [Store, Store]
  beforeEach(async () => {
    const location = await testLocation(dialect)
    stores = [await openStoreAt(location), await openStoreAt(location)]
    await pair("dev-1")
  })

  async function pair(device: string, scopes: string[] = asAdmin) {
    const answer = await connectDevice(stores[0], knock({ device, from: "loopback", scopes }))
    if (!answer.ok || answer.decision.kind !== "silent-approve") throw new Error("expected a silent grant")
  }

  const both = { ok: false, because: "would-lock-out", losses: ["last-admin", "last-pairing"] }

  it.each(commands)("%s asks again, changes nothing before that, and obeys then", async (_name, command) => {
    const before = await stores[0].db.auditEntry.count()
    expect(await command(stores[0], "dev-1", { actor: admin })).toMatchObject(both)
    expect(await stores[0].db.auditEntry.count()).toBe(before)
    expect(await command(stores[0], "dev-1", { actor: admin, confirmedLockout: true })).toMatchObject({ ok: true })
  })

  it.each(commands)("%s does not ask while another device can", async (_name, command) => {
    await pair("dev-2")
    expect(await command(stores[0], "dev-1", { actor: admin })).toMatchObject({ ok: true })
  })

  it("counts no other device that is blocked, revoked or narrowed", async () => {
    for (const [name, end] of commands.filter(([name]) => ["revoke", "block", "rotate to fewer"].includes(name))) {
      const device = `dev-${name}`
      await pair(device)
      expect(await end(stores[0], device, { actor: admin })).toMatchObject({ ok: true })
      expect(await revokeToken(stores[0], { ...revocation, deviceId: "dev-1" })).toMatchObject(both)
    }
  })

  it("asks only about what is lost: admin, where another can still pair", async () => {
    await pair("dev-2", ["operator.pairing"])
    expect(await revokeToken(stores[0], { ...revocation, deviceId: "dev-1" })).toMatchObject({ losses: ["last-admin"] })
  })

  it("does not ask programs over the wire", async () => {
    expect(await revokeToken(stores[0], { ...revocation, deviceId: "dev-1", actor: wire })).toMatchObject({ ok: true })
  })

  it("lets one of two admins end one of the last two, and asks the other", async () => {
    for (let round = 0; round < 5; round++) {
      const devices = [`dev-a${round}`, `dev-b${round}`] as const
      for (const device of devices) await pair(device)
      // The one of the round before, whichever it was.
      const others = await stores[0].db.deviceScope.findMany({
        where: { kind: "current", scope: "operator.admin", deviceId: { notIn: [...devices] } },
      })
      for (const { deviceId } of others) {
        await removeDevice(stores[0], { deviceId, actor: admin, confirmedLockout: true, nowMs })
      }
      const results = await Promise.all(
        devices.map((deviceId, index) => revokeToken(stores[index] ?? stores[0], { ...revocation, deviceId })),
      )
      expect(results.filter((result) => result.ok)).toHaveLength(1)
      expect(results.find((result) => !result.ok)).toMatchObject(both)
    }
  })

  it("asks about the device that is connected from where the admin works, unless every client is there", async () => {
    await pair("reader", ["operator.read"])
    const connection = { connId: "c1", deviceId: "reader", role: "operator", scopes: ["operator.read"] } as const
    const more = { client: null, sinceMs: nowMs }
    stores[0].presence.add({ ...connection, ...more, address: "192.168.1.20" })
    stores[0].presence.add({ ...connection, ...more, connId: "c2", address: "127.0.0.1" })
    const from = (ownAddress: string | null) => ({ ...revocation, deviceId: "reader", ownAddress })
    expect(await revokeToken(stores[0], from("192.168.1.20"))).toMatchObject({ losses: ["own-device"] })
    expect(await revokeToken(stores[0], from("127.0.0.1"))).toMatchObject({ ok: true })
  })
})

const revocation = { role: "operator", actor: admin, nowMs } as const
