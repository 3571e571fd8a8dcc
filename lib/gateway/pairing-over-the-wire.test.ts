import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import { blockDevice } from "@/lib/store/block-device"
import { rejectRequest } from "@/lib/store/reject-request"
import { unblockDevice } from "@/lib/store/unblock-device"
import { type Connected, createIdentity } from "@/tools/wire-client"
import { remote, startTestGateway, type TestGateway } from "./testing"

const person = { kind: "admin", id: "admin-1", name: "Ada", authority: consoleAuthority } as const

let gateway: TestGateway
let admin: Connected
let approver: Connected

const cli = { identity: null, client: { id: "cli", mode: "cli" } }

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ ...cli, scopes: ["operator.admin"] })
  approver = await gateway.enter({ ...cli, scopes: ["operator.pairing", "operator.read"] })
})
afterAll(() => gateway.close())

const denied = (message: string) => ({ ok: false, error: { code: "INVALID_REQUEST", message } })

/** A remote device that knocked, and the id of its request. */
async function knocker(options: { scopes?: readonly string[]; role?: string } = {}) {
  const identity = createIdentity()
  const wanted = { identity, scopes: ["operator.read"], ...options, ...remote() }
  const result = await gateway.knock(wanted)
  if (result.ok) throw new Error("was let in without a person")
  return { identity, wanted, requestId: String(result.error?.details?.requestId) }
}

/** A device that was let in on this machine and came back with its own token. */
async function deviceSession(scopes: readonly string[]) {
  const identity = createIdentity()
  const first = await gateway.enter({ identity, scopes })
  await first.close()
  const auth = { deviceToken: first.hello.auth.deviceToken ?? "" }
  return { identity, session: await gateway.enter({ identity, scopes, auth }) }
}

type Row = { requestId?: string; deviceId: string }
async function list(session: Connected): Promise<{ pending: Row[]; paired: Row[] }> {
  const answer = await session.request("device.pair.list", {})
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.payload as { pending: Row[]; paired: Row[] }
}

describe("list", () => {
  it("shows a waiting request and a paired device in the shape of the protocol", async () => {
    const { identity, requestId } = await knocker()
    const pending = (await list(admin)).pending.find((row) => row.requestId === requestId)
    expect(pending).toEqual({
      requestId,
      deviceId: identity.deviceId,
      publicKey: identity.publicKey,
      platform: "linux",
      deviceFamily: "Linux",
      clientId: "gateway-client",
      clientMode: "ui",
      role: "operator",
      roles: ["operator"],
      scopes: ["operator.read"],
      remoteIp: "203.0.113.51",
      silent: false,
      isRepair: false,
      ts: expect.any(Number),
      expiresAtMs: expect.any(Number),
    })
    const { identity: own, session } = await deviceSession(["operator.read"])
    await gateway.store.observed.flush()
    const paired = (await list(admin)).paired.find((row) => row.deviceId === own.deviceId)
    expect(paired).toEqual({
      deviceId: own.deviceId,
      publicKey: own.publicKey,
      platform: "linux",
      deviceFamily: "Linux",
      clientId: "gateway-client",
      clientMode: "ui",
      role: "operator",
      roles: ["operator"],
      scopes: ["operator.read"],
      approvedVia: "silent",
      createdAtMs: expect.any(Number),
      approvedAtMs: expect.any(Number),
      lastSeenAtMs: expect.any(Number),
      lastSeenReason: "connect",
      connected: true,
      tokens: [
        {
          ...{ role: "operator", scopes: ["operator.read"] },
          ...{ createdAtMs: expect.any(Number), lastUsedAtMs: expect.any(Number) },
        },
      ],
    })
    await session.close()
  })

  it("shows a device session without admin its own rows only", async () => {
    await knocker()
    const { identity, session } = await deviceSession(["operator.pairing"])
    const { pending, paired } = await list(session)
    expect(pending).toEqual([])
    expect(paired.map((row) => row.deviceId)).toEqual([identity.deviceId])
    await session.close()
  })
})

describe("approve", () => {
  it("lets the device in, and answers with its record", async () => {
    const { identity, wanted, requestId } = await knocker()
    expect(await admin.request("device.pair.approve", { requestId })).toMatchObject({
      ok: true,
      payload: { requestId, device: { deviceId: identity.deviceId, approvedVia: "owner", scopes: ["operator.read"] } },
    })
    const client = await gateway.enter(wanted)
    expect(client.hello.auth).toMatchObject({ scopes: ["operator.read"], deviceToken: expect.any(String) })
    await client.close()
  })

  it("is final: a second time, and an id that was replaced, are unknown", async () => {
    const { wanted, requestId } = await knocker()
    await gateway.knock({ ...wanted, scopes: ["operator.read", "operator.write"] })
    expect(await admin.request("device.pair.approve", { requestId })).toEqual(denied("unknown requestId"))
    const other = await knocker()
    await admin.request("device.pair.approve", { requestId: other.requestId })
    const again = await admin.request("device.pair.approve", { requestId: other.requestId })
    expect(again).toEqual(denied("unknown requestId"))
    expect(await admin.request("device.pair.approve", { requestId: "no such" })).toEqual(denied("unknown requestId"))
  })

  it("takes every scope that it would give, and admin for a node", async () => {
    const wide = await knocker({ scopes: ["operator.read", "operator.approvals"] })
    const byWide = await approver.request("device.pair.approve", { requestId: wide.requestId })
    expect(byWide).toEqual(denied("missing scope: operator.approvals"))
    const node = await knocker({ role: "node", scopes: [] })
    const byNode = await approver.request("device.pair.approve", { requestId: node.requestId })
    expect(byNode).toEqual(denied("device pairing approval denied"))
    const unknown = await approver.request("device.pair.approve", { requestId: "no such" })
    expect(unknown).toEqual(denied("device pairing approval denied"))
    expect(await admin.request("device.pair.approve", { requestId: node.requestId })).toMatchObject({ ok: true })
    await (await gateway.enter(node.wanted)).close()
  })

  it("is not for a device session about another device, nor about a role of its own", async () => {
    const { requestId } = await knocker()
    const { identity, session } = await deviceSession(["operator.pairing", "operator.read"])
    const other = await session.request("device.pair.approve", { requestId })
    expect(other).toEqual(denied("device pairing approval denied"))
    const upgrade = await gateway.knock({ identity, role: "node" })
    if (upgrade.ok) throw new Error("was let in without a person")
    const own = await session.request("device.pair.approve", { requestId: upgrade.error?.details?.requestId })
    expect(own).toEqual(denied("device pairing approval denied"))
    await session.close()
  })
})

describe("reject", () => {
  it("holds against the same ask, tells the client to pause, and stays quiet about ids", async () => {
    const { identity, wanted, requestId } = await knocker()
    const { session } = await deviceSession(["operator.pairing"])
    const foreign = await session.request("device.pair.reject", { requestId })
    expect(foreign).toEqual(denied("device pairing rejection denied"))
    expect(await session.request("device.pair.reject", { requestId: "no such" })).toEqual(foreign)
    await session.close()

    const payload = { requestId, deviceId: identity.deviceId }
    expect(await approver.request("device.pair.reject", { requestId })).toEqual({ ok: true, payload })
    expect(await admin.request("device.pair.reject", { requestId })).toEqual(denied("unknown requestId"))
    const again = await gateway.knock(wanted)
    expect(again).toMatchObject({
      ok: false,
      error: { code: "NOT_PAIRED", details: { code: "PAIRING_REQUIRED", reason: "rejected", pauseReconnect: true } },
    })
    expect(JSON.stringify(again)).not.toContain("requestId")
  })

  it("tells the device the reason that is meant for it, and the note to nobody", async () => {
    const { wanted, requestId } = await knocker()
    const said = { note: "looks stolen", toldReason: "Ask at the desk\u001b[2J\nfirst" }
    expect(await rejectRequest(gateway.store, { requestId, ...said, actor: person, nowMs: Date.now() })).toMatchObject({
      ok: true,
    })
    const again = await gateway.knock(wanted)
    expect(again).toMatchObject({
      ok: false,
      error: {
        message: "pairing required: the request was rejected: Ask at the desk [2J first",
        details: { reason: "rejected", toldReason: "Ask at the desk [2J first", pauseReconnect: true },
      },
    })
    expect(JSON.stringify(again)).not.toContain("stolen")
  })

  it("tells a blocked device why, for as long as it is blocked", async () => {
    const { wanted, identity } = await knocker()
    const { deviceId } = identity
    const by = { actor: person, nowMs: Date.now() }
    await blockDevice(gateway.store, { deviceId, toldReason: "Reported lost", ...by })
    const message = "pairing required: the device is blocked: Reported lost"
    expect(await gateway.knock(wanted)).toMatchObject({ ok: false, error: { message, details: { reason: "blocked" } } })
    await unblockDevice(gateway.store, { deviceId, ...by })
    const again = await gateway.knock(wanted)
    expect(again).toMatchObject({ ok: false, error: { details: { reason: "not-paired" } } })
    expect(JSON.stringify(again)).not.toContain("lost")
  })
})

describe("rename and remove", () => {
  it("keep a label, and forget a device with its sockets", async () => {
    const { identity, session } = await deviceSession(["operator.read"])
    const { deviceId } = identity
    const renamed = await approver.request("device.pair.rename", { deviceId, label: " Kitchen\u202E " })
    expect(renamed).toEqual({ ok: true, payload: { deviceId, label: "Kitchen" } })
    expect((await list(admin)).paired).toContainEqual(expect.objectContaining({ deviceId, operatorLabel: "Kitchen" }))
    expect(await approver.request("device.pair.remove", { deviceId })).toEqual({ ok: true, payload: { deviceId } })
    expect(await session.closed).toMatchObject({ code: 4001 })
    expect(await admin.request("device.pair.remove", { deviceId })).toEqual(denied("unknown deviceId"))
    expect(await admin.request("device.pair.rename", { deviceId, label: "x" })).toEqual(denied("unknown deviceId"))
  })

  it("are not for a device about itself where it is a node too", async () => {
    const { identity, session } = await deviceSession(["operator.pairing"])
    const { deviceId } = identity
    const upgrade = await gateway.knock({ identity, role: "node" })
    const requestId = upgrade.ok ? "" : upgrade.error?.details?.requestId
    expect(await admin.request("device.pair.approve", { requestId })).toMatchObject({ ok: true })
    const rename = await session.request("device.pair.rename", { deviceId, label: "mine" })
    expect(rename).toEqual(denied("device pairing rename denied"))
    expect(await session.request("device.pair.remove", { deviceId })).toEqual(denied("device pairing removal denied"))
    expect(await gateway.store.db.device.findUnique({ where: { deviceId } })).toMatchObject({ label: null })
    expect(await admin.request("device.pair.rename", { deviceId, label: "Porch" })).toMatchObject({ ok: true })
    await session.close()
  })

  it("are not for a device session about another device", async () => {
    const { identity } = await deviceSession(["operator.read"])
    const { session } = await deviceSession(["operator.pairing"])
    for (const deviceId of [identity.deviceId, "no such"]) {
      const removal = await session.request("device.pair.remove", { deviceId })
      expect(removal).toEqual(denied("device pairing removal denied"))
      const rename = await session.request("device.pair.rename", { deviceId, label: "x" })
      expect(rename).toEqual(denied("device pairing rename denied"))
    }
    await session.close()
  })
})
