import { beforeEach, describe, expect, it } from "vitest"
import type { ForeignDevice } from "@/lib/pairing/imported"
import { blockDevice } from "./block-device"
import { connectDevice } from "./connect-device"
import type { Change } from "./hub"
import { type IncomingDevice, importDevices, previewImport } from "./import-devices"
import { importedTokenId } from "./keys"
import { lowerCeiling } from "./lower-ceiling"
import { removeDevice } from "./remove-device"
import type { Store } from "./store"
import { dialects, openStoreAt, type TestLocation, testLocation } from "./testing"
import { admin, askToWait, knock } from "./testing-connect"

const nowMs = 1_000_000
const read = "operator.read"
const write = "operator.write"
const input = { from: "state/openclaw.sqlite", nowMs }

/** The secret that the device of that id keeps of the other gateway. */
const secretOf = (deviceId: string) => `secret-of-${deviceId}-at-the-other-gateway`

function incoming(deviceId: string, rights: Partial<ForeignDevice> = {}): IncomingDevice {
  const tokenId = importedTokenId(secretOf(deviceId), deviceId, "operator")
  const times = { createdAtMs: 1_000, rotatedAtMs: null, lastUsedAtMs: 3_000, revokedAtMs: null }
  return {
    rights: {
      ...{
        deviceId,
        publicKey: `key of ${deviceId}`,
        metadata: knock().metadata,
        role: "operator",
        roles: ["operator"],
      },
      ...{ scopes: [read], approvedScopes: [read], approvedVia: "owner", approvedCommands: null },
      ...{ pairedAtMs: 500, approvedAtMs: 900 },
      tokens: [{ tokenId, role: "operator", scopes: [read], ...times, isTied: false }],
      ...rights,
    },
    label: "Kitchen",
    lastAddress: "192.0.2.7",
    lastSeenAtMs: 2_000,
  }
}

describe.each(dialects)("devices of another gateway on %s", (dialect) => {
  let store: Store
  let location: TestLocation
  beforeEach(async () => {
    location = await testLocation(dialect)
    store = await openStoreAt(location)
  })

  const withToken = (deviceId: string, secret: string, more: Parameters<typeof knock>[0] = {}) =>
    connectDevice(store, knock({ device: deviceId, auth: { kind: "device-token", secret }, ...more }))

  const import1 = async (device: IncomingDevice) => (await importDevices(store, [device], input))[0]?.result

  it("are here with names, times and rights, each with an audit entry", async () => {
    const heard: Change[] = []
    store.hub.subscribe((changes) => heard.push(...changes))
    const answers = await importDevices(store, [incoming("dev-1"), incoming("dev-2", { approvedVia: "silent" })], input)
    expect(answers.map(({ result }) => result.ok)).toEqual([true, true])
    const rows = await store.db.device.findMany({
      include: { tokens: true, terms: true },
      orderBy: { deviceId: "asc" },
    })
    expect(rows).toMatchObject([
      {
        ...{ label: "Kitchen", sortName: "kitchen", lastAddress: "192.0.2.7", lastSeenAtMs: 2_000, pairedAtMs: 500 },
        ...{ approvedScopes: read, approvedVia: "person", approvedBy: "import", isSilent: false },
        operatorUsedAtMs: 3_000,
        tokens: [{ scopes: read, usedAtMs: 3_000, issuedHow: "import" }],
      },
      { approvedVia: "local", approvedBy: null, isSilent: true, silentScopes: read },
    ])
    expect(rows[0]?.terms.map(({ term }) => term)).toEqual(
      expect.arrayContaining(["kitchen", "laptop", "role:operator"]),
    )
    const entries = await store.db.auditEntry.findMany({ where: { action: "device.imported" } })
    expect(entries.map(({ deviceId, subject, actorKind }) => ({ deviceId, subject, actorKind }))).toEqual([
      { deviceId: "dev-1", subject: "state/openclaw.sqlite", actorKind: "system" },
      { deviceId: "dev-2", subject: "state/openclaw.sqlite", actorKind: "system" },
    ])
    await expect.poll(() => heard).toContainEqual({ kind: "device", deviceId: "dev-2", what: "paired" })
  })

  it("come in with the token that they keep, get one of ours, and the old one dies when that is used", async () => {
    await import1(incoming("dev-1"))
    const first = await withToken("dev-1", secretOf("dev-1"))
    expect(first).toMatchObject({ ok: true, decision: { kind: "allow", granted: [read] } })
    const secret = first.ok ? (first.token?.secret ?? "") : ""
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(secret).not.toBe(secretOf("dev-1"))

    // The answer may have been lost: the old one is good, and hands the same new one over, as often as it takes.
    const again = await withToken("dev-1", secretOf("dev-1"))
    expect(again).toMatchObject({ decision: { kind: "allow", reason: "predecessor" }, token: { secret } })
    expect(await withToken("dev-1", secret)).toMatchObject({ decision: { kind: "allow" } })
    expect(await withToken("dev-1", secretOf("dev-1"))).toMatchObject({ decision: { reason: "token-mismatch" } })
    expect(await store.db.request.count()).toBe(0)
    const actions = await store.db.auditEntry.findMany({ orderBy: { id: "asc" }, select: { action: true } })
    expect(actions.map(({ action }) => action)).toEqual(["device.imported", "token.issued", "token.picked-up"])
  })

  it("leave no secret in the database, and a stolen copy of it opens nothing", async () => {
    await import1(incoming("dev-1"))
    const everything = JSON.stringify([
      ...[await store.db.device.findMany(), await store.db.token.findMany(), await store.db.auditEntry.findMany()],
    ])
    expect(everything).toContain("dev-1")
    expect(everything).not.toContain(secretOf("dev-1"))
    const { tokenId } = await store.db.token.findFirstOrThrow()
    expect(() => store.keys.deriveToken(tokenId, "dev-1", "operator")).toThrow("not known")
    for (const guess of [tokenId, tokenId.replace(".sha256", "")]) {
      expect(await withToken("dev-1", guess)).toMatchObject({ decision: { reason: "token-mismatch" } })
    }
  })

  it.each([
    ["another device", "dev-2", {}],
    ["another role", "dev-1", { role: "node", scopes: [] }],
  ])("have tokens that open nothing for %s", async (_case, device, more) => {
    const both = { roles: ["operator", "node"] }
    await importDevices(store, [incoming("dev-1", both), incoming("dev-2", { ...both, tokens: [] })], input)
    expect(await withToken(device, secretOf("dev-1"), more)).toMatchObject({ decision: { reason: "token-mismatch" } })
  })

  it("get a token of ours with the shared secret too, and keep the old one until it is used", async () => {
    await import1(incoming("dev-1"))
    const answer = await connectDevice(store, knock())
    expect(answer).toMatchObject({ decision: { kind: "allow" }, token: { secret: expect.any(String) } })
    expect(await withToken("dev-1", secretOf("dev-1"))).toMatchObject({ decision: { reason: "predecessor" } })
  })

  it("are not taken twice, nor looked at as new by a second process", async () => {
    await importDevices(store, [incoming("dev-1"), incoming("dev-2")], input)
    const before = await store.db.auditEntry.count()
    const other = await openStoreAt(location)
    const answers = await importDevices(other, [incoming("dev-2"), incoming("dev-1"), incoming("dev-3")], input)
    expect(answers.map(({ result }) => (result.ok ? "taken" : result.because))).toEqual([
      ...["already-here", "already-here", "taken"],
    ])
    expect(await store.db.auditEntry.count()).toBe(before + 1)
  })

  it("are here once, though two processes take them at the same time and one of them knocks meanwhile", async () => {
    const other = await openStoreAt(location)
    const fleet = Array.from({ length: 20 }, (_, index) => incoming(`dev-${index}`))
    const [one, two] = await Promise.all([
      importDevices(store, fleet, input),
      importDevices(other, fleet.toReversed(), input),
      connectDevice(store, knock({ from: "loopback", device: "dev-7" })),
    ])
    const taken = [...one, ...two].flatMap(({ result }) => (result.ok ? [result.device.deviceId] : []))
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken.length).toBeGreaterThanOrEqual(19)
    expect(await store.db.device.count()).toBe(20)
    expect(await store.db.auditEntry.count({ where: { action: "device.imported" } })).toBe(taken.length)
    expect(await store.db.token.count()).toBe(20)
  })

  it("change nothing of a device that is here: neither what was lowered nor what was given", async () => {
    await import1(incoming("dev-1", { approvedScopes: [read, write] }))
    const input = { deviceId: "dev-1", remove: [write], keep: [read], actor: admin, nowMs: nowMs + 1 }
    expect(await lowerCeiling(store, input)).toMatchObject({ ok: true })
    const again = await import1(incoming("dev-1", { approvedScopes: [read, write] }))
    expect(again).toEqual({ ok: false, because: "already-here", differs: ["scopes"] })
    expect(await store.db.device.findFirst()).toMatchObject({ approvedScopes: read })
  })

  it("do not come back once they were removed, nor under a blocked key", async () => {
    await importDevices(store, [incoming("dev-1"), incoming("dev-2")], input)
    await removeDevice(store, { deviceId: "dev-1", actor: admin, nowMs })
    await blockDevice(store, { deviceId: "dev-2", actor: admin, nowMs })
    await removeDevice(store, { deviceId: "dev-2", actor: admin, nowMs })
    const answers = await importDevices(store, [incoming("dev-1"), incoming("dev-2")], input)
    expect(answers.map(({ result }) => (result.ok ? "taken" : result.because))).toEqual(["removed-here", "blocked"])
    expect(await store.db.device.count()).toBe(0)
  })

  it("leave a request that waits here already as it is", async () => {
    const requestId = await askToWait(store, knock({ scopes: [read, write] }))
    await import1(incoming("dev-1"))
    expect(await store.db.request.findMany()).toMatchObject([{ requestId, status: "pending" }])
  })

  it("are only looked at by a preview", async () => {
    await import1(incoming("dev-1"))
    const answers = await previewImport(store, [incoming("dev-1"), incoming("dev-2")], { nowMs })
    expect(answers.map(({ result }) => (result.ok ? "taken" : result.because))).toEqual(["already-here", "taken"])
    expect(await store.db.device.count()).toBe(1)
    expect(await store.db.auditEntry.count()).toBe(1)
  })
})
