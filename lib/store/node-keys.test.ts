import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto"
import { beforeEach, describe, expect, it } from "vitest"
import { approveRequest } from "./approve-request"
import { connectDevice } from "./connect-device"
import { dropNodeKey } from "./drop-node-key"
import { createKeys } from "./keys"
import { nodeKeyOf } from "./node-key-of"
import { nodeIds, nodeKeysToRemove } from "./node-keys"
import { noteNodeApproved } from "./note-node-approved"
import { removeDevice } from "./remove-device"
import { revokeToken } from "./revoke-token"
import { saveUpstream } from "./save-upstream"
import type { Store } from "./store"
import { dialects, openStoreAt, type TestLocation, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const at = (deviceId = "dev-1") => ({ deviceId, nowMs })

describe.each(dialects)("the key of a node for the gateway behind this one, on %s", (dialect) => {
  let location: TestLocation
  let store: Store
  beforeEach(async () => {
    location = await testLocation(dialect)
    store = await openStoreAt(location)
  })

  async function pair(publicKey = "key of dev-1"): Promise<void> {
    const identity = { deviceId: "dev-1", publicKey }
    const answer = await connectDevice(store, knock({ identity, role: "node", scopes: [], upstream: true }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("expected a pending request")
    const { requestId } = answer.decision.request
    expect(await approveRequest(store, { requestId, from: "console", actor: admin, nowMs })).toMatchObject({ ok: true })
  }
  const keyOf = async (from = store) => {
    const key = await nodeKeyOf(from, at())
    if (key === null) throw new Error("expected a key")
    return key
  }
  const actions = async () => {
    const entries = await store.db.auditEntry.findMany({ where: { action: { startsWith: "node." } } })
    return entries.map(({ action, deviceId }) => [action, deviceId])
  }

  it("signs for the id by which that gateway knows the node, and is the same one after a restart", async () => {
    await pair()
    const { upstreamId, publicKey, privateKey } = await keyOf()
    const raw = Buffer.from(publicKey, "base64url")
    expect(raw).toHaveLength(32)
    expect(upstreamId).toBe(createHash("sha256").update(raw).digest("hex"))
    const signature = sign(null, Buffer.from("challenge"), createPrivateKey(privateKey))
    const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey }
    expect(verify(null, Buffer.from("challenge"), createPublicKey({ key: jwk, format: "jwk" }), signature)).toBe(true)
    expect(await keyOf(await openStoreAt(location))).toEqual({ upstreamId, publicKey, privateKey, approvedAtMs: null })
    expect(await actions()).toEqual([["node.key-made", "dev-1"]])
    const rows = await store.db.nodeKey.findMany()
    expect(JSON.stringify([rows, await store.db.auditEntry.findMany()])).not.toMatch(/PRIVATE|MC4CAQ/)
    expect(await nodeIds(store)).toEqual([{ deviceId: "dev-1", upstreamId }])
  })

  it("is one, however many processes ask for it together", async () => {
    await pair()
    const elsewhere = await openStoreAt(location)
    const asking = [store, elsewhere, store, elsewhere].map((from) => keyOf(from))
    const ids = (await Promise.all(asking)).map(({ upstreamId }) => upstreamId)
    expect(new Set(ids).size).toBe(1)
    expect(await store.db.nodeKey.count()).toBe(1)
  })

  it.each([
    ["an unknown device", "dev-9"],
    ["a device that is no node", "dev-2"],
  ])("is not made for %s", async (_case, deviceId) => {
    await connectDevice(store, knock({ device: "dev-2", from: "loopback" }))
    expect(await nodeKeyOf(store, at(deviceId))).toBeNull()
    expect(await store.db.nodeKey.count()).toBe(0)
  })

  it("ends with the device, is kept to be removed there, and is forgotten then", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    await noteNodeApproved(store, { upstreamId, commands: ["system.which"], nowMs })
    await removeDevice(store, { deviceId: "dev-1", actor: admin, nowMs: nowMs + 1 })
    expect(await store.db.nodeKey.findMany()).toMatchObject([{ removedAtMs: nowMs + 1, sealedKey: "" }])
    expect(await nodeIds(store)).toEqual([])
    expect(await nodeKeyOf(store, at())).toBeNull()
    expect(await nodeKeysToRemove(store)).toEqual([{ deviceId: "dev-1", upstreamId }])
    expect(await dropNodeKey(store, { upstreamId, nowMs })).toEqual({ ok: true })
    expect(await dropNodeKey(store, { upstreamId, nowMs })).toEqual({ ok: false, because: "not-found" })
    expect(await nodeKeysToRemove(store)).toEqual([])
    expect((await actions()).map(([action]) => action).sort()).toEqual([
      "node.approved-upstream",
      "node.key-made",
      "node.removed-upstream",
    ])
  })

  it("is another one for a device that is paired again before the old one is removed there", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    await removeDevice(store, { deviceId: "dev-1", actor: admin, nowMs })
    await pair()
    const again = await keyOf()
    expect(again.upstreamId).not.toBe(upstreamId)
    expect(await nodeKeysToRemove(store)).toEqual([{ deviceId: "dev-1", upstreamId }])
    expect(await dropNodeKey(store, { upstreamId: again.upstreamId, nowMs })).toMatchObject({ ok: false })
    expect(await nodeIds(store)).toEqual([{ deviceId: "dev-1", upstreamId: again.upstreamId }])
  })

  it("ends when another key is approved for the device", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    await pair("another key")
    expect(await nodeKeysToRemove(store)).toEqual([{ deviceId: "dev-1", upstreamId }])
    expect((await keyOf()).upstreamId).not.toBe(upstreamId)
  })

  it("ends with the role of the node, so that nothing of it stays behind", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    await revokeToken(store, { deviceId: "dev-1", role: "node", actor: admin, nowMs })
    expect(await nodeKeysToRemove(store)).toEqual([{ deviceId: "dev-1", upstreamId }])
    expect((await keyOf()).upstreamId).not.toBe(upstreamId)
  })

  it("is replaced where the server key that it was encrypted under is gone", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    const rolled = await openStoreAt(location, {
      keys: createKeys([
        "a-fresh-server-key-for-tests-of-32-characters",
        "a-server-key-for-tests-only-of-32-characters-or-more",
      ]),
    })
    expect((await keyOf(rolled)).upstreamId).toBe(upstreamId)
    const alone = await openStoreAt(location, { keys: createKeys(["a-fresh-server-key-for-tests-of-32-characters"]) })
    expect((await keyOf(alone)).upstreamId).not.toBe(upstreamId)
    expect(await nodeKeysToRemove(alone)).toEqual([{ deviceId: "dev-1", upstreamId }])
  })

  it("is approved there until another gateway takes its place, and not once it was removed", async () => {
    await pair()
    const { upstreamId } = await keyOf()
    const note = { upstreamId, commands: ["system.which"], nowMs: nowMs + 5 }
    expect(await noteNodeApproved(store, note)).toEqual({ ok: true })
    expect(await keyOf()).toMatchObject({ approvedAtMs: nowMs + 5 })
    const upstream = { url: "ws://127.0.0.1:1", secretKind: "token", secret: "s", actor: admin, nowMs } as const
    await saveUpstream(store, upstream)
    expect(await keyOf()).toMatchObject({ approvedAtMs: null })
    await noteNodeApproved(store, note)
    await saveUpstream(store, { ...upstream, secret: "t" })
    expect(await keyOf()).toMatchObject({ approvedAtMs: nowMs + 5 })
    await removeDevice(store, { deviceId: "dev-1", actor: admin, nowMs })
    expect(await noteNodeApproved(store, note)).toEqual({ ok: false, because: "not-found" })
  })
})
