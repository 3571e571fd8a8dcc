import { describe, expect, it } from "vitest"
import { remote } from "@/lib/gateway/testing"
import { consoleAuthority } from "@/lib/pairing/authority"
import type { Commander } from "@/lib/store/actor"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { removeDevice } from "@/lib/store/remove-device"
import { revokeToken } from "@/lib/store/revoke-token"
import { unblockDevice } from "@/lib/store/unblock-device"
import { createIdentity, type DeviceIdentity } from "@/tools/wire-client"
import { startFakeUpstream } from "./fake-upstream"
import { startTestDoor, type TestDoor, untilState } from "./testing"

const olga: Commander = { kind: "admin", id: "olga", name: "Olga", authority: consoleAuthority }
const commands = ["system.run", "system.which"]

type Offer = { readonly commands?: readonly string[]; readonly platform?: string }

const offer = (identity: DeviceIdentity, { commands: offered = commands, platform = "linux" }: Offer = {}) => ({
  identity,
  role: "node",
  commands: offered,
  client: { displayName: "Attic", platform },
})

/** Approves the one request that waits, as the console does. */
async function approveWaiting({ gateway: { store } }: TestDoor): Promise<void> {
  const [waiting] = await store.db.request.findMany({ where: { status: "pending" }, select: { requestId: true } })
  const requestId = waiting?.requestId ?? ""
  expect(await approveRequest(store, { requestId, from: "console", actor: olga, nowMs: Date.now() })).toMatchObject({
    ok: true,
  })
}

async function pairedNode(): Promise<TestDoor & { identity: DeviceIdentity; upstreamId: string }> {
  const started = await startTestDoor()
  const identity = createIdentity()
  expect(await started.gateway.knock(offer(identity))).toMatchObject({ ok: false })
  await approveWaiting(started)
  const node = await started.gateway.enter(offer(identity))
  await node.close()
  const [upstreamId = ""] = started.upstream.nodes.keys()
  return { ...started, identity, upstreamId }
}

describe("a node behind the front door", () => {
  it("waits for a person, on this machine too, and the gateway behind knows nothing of it meanwhile", async () => {
    const { upstream, gateway } = await startTestDoor()
    const before = upstream.connects.length
    for (const from of [{}, remote()]) {
      const refused = await gateway.knock({ ...offer(createIdentity()), ...from })
      expect(refused).toMatchObject({
        ok: false,
        error: { details: { code: "PAIRING_REQUIRED", reason: "not-paired" } },
      })
    }
    expect(upstream.connects).toHaveLength(before)
    expect(upstream.nodes.size).toBe(0)
  })

  it("is let in by one decision: its key and its commands are approved behind as well", async () => {
    const started = await startTestDoor()
    const { upstream, gateway } = started
    const identity = createIdentity()
    await gateway.knock(offer(identity))
    await approveWaiting(started)
    const node = await gateway.enter(offer(identity))
    expect(node.hello).toMatchObject({ auth: { role: "node", scopes: [] } })
    expect(node.hello.auth.deviceToken).not.toBe("a-token-of-the-gateway-behind")

    const [[upstreamId, known] = ["", null]] = upstream.nodes
    expect(upstreamId).not.toBe(identity.deviceId)
    expect(known).toMatchObject({ isApproved: true, approvedVia: "owner" })
    await expect.poll(() => upstream.nodes.get(upstreamId)?.surface).toEqual(commands)
    expect(upstream.connects.at(-1)).toMatchObject({
      headers: { "x-openclaw-scopes": "" },
      params: { role: "node", scopes: [], client: { displayName: "Attic" }, commands, device: { id: upstreamId } },
    })
    const presence = Reflect.get(node.hello, "snapshot")
    expect(presence).toMatchObject({ presence: [{ deviceId: identity.deviceId }] })
    await node.close()
  })

  it("comes in again by itself, under the same key", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const node = await gateway.enter(offer(identity))
    expect([...upstream.nodes.keys()]).toEqual([upstreamId])
    await node.close()
  })

  it("that offers more is served with what was approved, until a person approves the rest", async () => {
    const started = await pairedNode()
    const { upstream, gateway, identity, upstreamId } = started
    await expect.poll(() => upstream.nodes.get(upstreamId)?.surface).toEqual(commands)
    const more = [...commands, "browser.proxy"]
    const node = await gateway.enter(offer(identity, { commands: more }))
    expect(upstream.connects.at(-1)?.params).toMatchObject({ commands })
    expect(upstream.nodes.get(upstreamId)?.surface).toEqual(commands)
    await approveWaiting(started)
    expect((await node.closed).code).toBe(4001)
    const again = await gateway.enter(offer(identity, { commands: more }))
    await expect.poll(() => upstream.nodes.get(upstreamId)?.surface).toEqual(more)
    await again.close()
  })

  it("that says it is another machine waits, and nothing is approved behind", async () => {
    const { upstream, gateway, identity } = await pairedNode()
    const before = upstream.connects.length
    const refused = await gateway.knock(offer(identity, { platform: "darwin" }))
    expect(refused).toMatchObject({ ok: false, error: { details: { reason: "metadata-upgrade" } } })
    expect(upstream.connects).toHaveLength(before)
  })

  it("that was approved as another machine gets in under a new key, with what was shown this time", async () => {
    const started = await pairedNode()
    const { upstream, gateway, identity, upstreamId } = started
    const moved = { platform: "darwin", commands: ["camera.snap"] }
    await gateway.knock(offer(identity, moved))
    await approveWaiting(started)
    const node = await gateway.enter(offer(identity, moved))
    await expect.poll(() => [...upstream.nodes.values()].map(({ surface }) => surface)).toEqual([["camera.snap"]])
    expect(upstream.nodes.has(upstreamId)).toBe(false)
    await node.close()
    const more = await gateway.enter(offer(identity, { platform: "darwin", commands: ["camera.snap", "system.run"] }))
    expect(upstream.connects.at(-1)?.params).toMatchObject({ commands: ["camera.snap"] })
    await more.close()
  })

  it("whose role was revoked begins anew: nothing of it stays behind, and nothing that it had is approved", async () => {
    const started = await pairedNode()
    const { upstream, gateway, identity, upstreamId } = started
    const { store } = gateway
    const { deviceId } = identity
    expect(await revokeToken(store, { deviceId, role: "node", actor: olga, nowMs: Date.now() })).toMatchObject({
      ok: true,
    })
    await expect.poll(() => upstream.nodes.has(upstreamId)).toBe(false)
    await gateway.knock(offer(identity, { commands: ["camera.snap"] }))
    await approveWaiting(started)
    const node = await gateway.enter(offer(identity, { commands: ["camera.snap", "system.run"] }))
    expect(upstream.connects.at(-1)?.params).toMatchObject({ commands: ["camera.snap"] })
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
    await node.close()
  })

  it("that is an operator too is removed behind with its role as a node", async () => {
    const started = await startTestDoor()
    const { upstream, gateway } = started
    const identity = createIdentity()
    await (await gateway.enter({ identity, scopes: ["operator.read"] })).close()
    await gateway.knock(offer(identity))
    await approveWaiting(started)
    const node = await gateway.enter(offer(identity))
    const owner = await gateway.enter({ scopes: ["operator.admin"], client: { id: "cli", mode: "cli" } })
    expect(await owner.request("node.pair.remove", { nodeId: identity.deviceId })).toMatchObject({ ok: true })
    expect((await node.closed).code).toBe(4001)
    await expect.poll(() => upstream.nodes.size).toBe(0)
    await (await gateway.enter({ identity, scopes: ["operator.read"] })).close()
    await owner.close()
  })

  it("that is blocked is known no more behind, and is again once it is unblocked", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const { store } = gateway
    const { deviceId } = identity
    expect(await blockDevice(store, { deviceId, actor: olga, nowMs: Date.now() })).toMatchObject({ ok: true })
    await expect.poll(() => upstream.nodes.has(upstreamId)).toBe(false)
    expect(await unblockDevice(store, { deviceId, actor: olga, nowMs: Date.now() })).toMatchObject({ ok: true })
    const node = await gateway.enter(offer(identity))
    expect(upstream.nodes.size).toBe(1)
    await node.close()
  })

  it("is not approved behind for any other reason than that it is new there", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const known = upstream.nodes.get(upstreamId)
    if (known !== undefined) known.platform = "something else"
    expect(await gateway.knock(offer(identity))).toMatchObject({ ok: false, error: { code: "UNAVAILABLE" } })
    expect(upstream.nodes.get(upstreamId)?.platform).toBe("something else")
  })

  it("is spoken of by its own id on both sides", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const operator = await gateway.enter({ identity: createIdentity(), scopes: ["operator.read"] })
    expect(await operator.request("node.list", {})).toMatchObject({
      payload: { nodes: [{ nodeId: identity.deviceId }] },
    })
    const invoked = await operator.request("node.invoke", { nodeId: identity.deviceId, command: "system.which" })
    expect(invoked).toMatchObject({ payload: { params: { nodeId: identity.deviceId } } })
    expect(upstream.requests.at(-1)).toContain(upstreamId)
    expect(upstream.requests.at(-1)).not.toContain(identity.deviceId)
    await operator.close()
  })

  it("that is removed here is removed behind, with its key", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const owner = await gateway.enter({ scopes: ["operator.admin"], client: { id: "cli", mode: "cli" } })
    const node = await gateway.enter(offer(identity))
    expect(await owner.request("device.pair.remove", { deviceId: identity.deviceId })).toMatchObject({ ok: true })
    expect((await node.closed).code).toBe(4001)
    await expect.poll(() => upstream.nodes.has(upstreamId)).toBe(false)
    await expect.poll(() => gateway.store.db.nodeKey.count()).toBe(0)
    await owner.close()
  })

  it("that is removed by the gateway's own method is removed here too, and stays out", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    const owner = await gateway.enter({ scopes: ["operator.admin"], client: { id: "cli", mode: "cli" } })
    const node = await gateway.enter(offer(identity))
    const { deviceId: nodeId } = identity
    expect(await owner.request("node.pair.remove", { nodeId })).toEqual({ ok: true, payload: { nodeId } })
    expect((await node.closed).code).toBe(4001)
    await expect.poll(() => upstream.nodes.has(upstreamId)).toBe(false)
    expect(await gateway.knock(offer(identity))).toMatchObject({
      ok: false,
      error: { details: { reason: "not-paired" } },
    })
    await owner.close()
  })

  it("that is removed while the gateway behind is away is removed there as soon as it is back", async () => {
    const { upstream, gateway, identity, upstreamId } = await pairedNode()
    await upstream.stop()
    await untilState(gateway, "down")
    const { store } = gateway
    expect(await removeDevice(store, { deviceId: identity.deviceId, actor: olga, nowMs: Date.now() })).toMatchObject({
      ok: true,
    })
    const back = await startFakeUpstream({}, upstream.port)
    const removal = { method: "device.pair.remove", params: { deviceId: upstreamId } }
    await expect.poll(() => back.asked).toContainEqual(removal)
    await expect.poll(() => store.db.nodeKey.count()).toBe(0)
    await back.stop()
  })
})
