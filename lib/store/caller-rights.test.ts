import { beforeEach, describe, expect, it } from "vitest"
import { approveRequest } from "./approve-request"
import { blockDevice } from "./block-device"
import { connectDevice } from "./connect-device"
import { lowerCeiling } from "./lower-ceiling"
import { rejectRequest } from "./reject-request"
import { removeDevice } from "./remove-device"
import { renameDevice } from "./rename-device"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import type { Store } from "./store"
import { dialects, openStoreAt, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"
import { inDeviceTransaction } from "./transaction"

const nowMs = 1_000_000
const role = "operator"
const scopes = ["operator.admin", "operator.read"]
const ended = { ok: false, because: "caller-rights-ended" }

/** Two stores on one database, as two processes: sessions live in the first one, people decide in the second one. */
describe.each(dialects)("commands of sessions on %s", (dialect) => {
  let near: Store
  let far: Store
  beforeEach(async () => {
    const location = await testLocation(dialect)
    near = await openStoreAt(location)
    far = await openStoreAt(location)
  })

  /** Pairs a device and opens a session of it, as the device's own or by the shared secret. */
  async function session(device: string, by: "token" | "device-token" = "token") {
    const answer = await connectDevice(near, knock({ device, scopes, from: "loopback" }))
    if (!answer.ok || answer.token === null) throw new Error("expected to be let in")
    const standing = { publicKey: `key of ${device}`, role, tokenId: answer.token.tokenId } as const
    const authority = { scopes, deviceId: by === "device-token" ? device : null }
    return { kind: "wire", name: device, deviceId: device, authority, standing } as const
  }

  async function waiting(device: string): Promise<string> {
    const answer = await connectDevice(near, knock({ device, scopes: ["operator.read"] }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("expected a pending request")
    return answer.decision.request.requestId
  }

  const atOnce = { mode: { kind: "at-once" }, rememberNarrowing: false } as const
  const about = { deviceId: "caller", actor: admin, nowMs }
  const ends: readonly [string, () => Promise<{ ok: boolean }>][] = [
    ["blocked", () => blockDevice(far, about)],
    ["removed", () => removeDevice(far, about)],
    ["revoked", () => revokeToken(far, { ...about, role })],
    ["lowered", () => lowerCeiling(far, { ...about, remove: ["operator.admin"] })],
    ["rotated to less", () => rotateToken(far, { ...about, ...atOnce, role, scopes: ["operator.read"] })],
  ]

  it.each(ends)("change nothing once its device was %s", async (_how, end) => {
    const callers = [await session("caller"), await session("caller", "device-token")]
    await session("other")
    const requestId = await waiting("stranger")
    expect(await end()).toMatchObject({ ok: true })
    const entries = await near.db.auditEntry.count()
    for (const actor of callers) {
      const by = { actor, nowMs, deviceId: "other" }
      expect(await approveRequest(near, { requestId, from: "wire", actor, nowMs })).toEqual(ended)
      expect(await rejectRequest(near, { requestId, actor, nowMs })).toEqual(ended)
      expect(await renameDevice(near, { ...by, label: "mine" })).toEqual(ended)
      expect(await rotateToken(near, { ...by, ...atOnce, role })).toEqual(ended)
      expect(await revokeToken(near, { ...by, role })).toEqual(ended)
      expect(await removeDevice(near, by)).toEqual(ended)
      expect(await renameDevice(near, { ...by, deviceId: "caller", label: "me" })).toEqual(ended)
    }
    expect(await near.db.auditEntry.count()).toBe(entries)
  })

  it("are carried out while it holds what it was let in with", async () => {
    await session("other")
    for (const actor of [await session("caller"), await session("caller", "device-token")]) {
      const by = { actor, nowMs, deviceId: "other" }
      expect(await renameDevice(near, { ...by, label: `by ${actor.authority.deviceId}` })).toEqual({ ok: true })
      expect(await renameDevice(near, { ...by, deviceId: "caller", label: `${actor.authority.deviceId}` })).toEqual({
        ok: true,
      })
    }
  })

  it("are carried out for the command line of this machine, which has no device", async () => {
    await session("other")
    const actor = { kind: "wire", name: "local", deviceId: null, authority: { scopes, deviceId: null }, standing: null }
    const by = { actor: { ...actor, kind: "wire" }, nowMs, deviceId: "other" } as const
    expect(await renameDevice(near, { ...by, label: "mine" })).toEqual({ ok: true })
  })

  it("wait for a block that is on its way, and then change nothing", async () => {
    const actor = await session("caller")
    const requestId = await waiting("stranger")
    let isHeld = () => {}
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const blocking = inDeviceTransaction(far, "caller", async ({ db }) => {
      const data = { publicKey: "key of caller", deviceId: "caller", atMs: nowMs, byName: "Ada" }
      await db.block.create({ data })
      isHeld()
      await gate
    })
    await held
    const approving = approveRequest(near, { requestId, from: "wire", actor, nowMs })
    setTimeout(letGo, 200)
    expect(await approving).toEqual(ended)
    await blocking
    expect(await near.db.request.findUniqueOrThrow({ where: { requestId } })).toMatchObject({ status: "pending" })
  })

  it("never wait for each other for ever, when two devices act on each other", async () => {
    const [one, other] = [await session("one"), await session("other")]
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => [
        renameDevice(near, { actor: one, deviceId: "other", label: `other ${index}`, nowMs }),
        renameDevice(far, { actor: other, deviceId: "one", label: `one ${index}`, nowMs }),
      ]).flat(),
    )
    expect(results.filter((result) => !result.ok)).toEqual([])
  })
})
