import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { remote, sharedToken, startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const device = (deviceId: string) => gateway.store.db.device.findUnique({ where: { deviceId } })

describe("a new device on this machine", () => {
  it("is approved silently and gets its token in the same answer", async () => {
    const identity = createIdentity()
    const client = await gateway.enter({ identity, scopes: ["operator.read"], client: { displayName: "op-local" } })
    expect(client.hello).toMatchObject({
      type: "hello-ok",
      protocol: 4,
      server: { version: expect.any(String), connId: expect.any(String) },
      features: {
        methods: expect.arrayContaining(["device.pair.list", "health"]),
        events: expect.arrayContaining(["tick"]),
      },
      snapshot: { presence: [], health: {}, stateVersion: { presence: 0, health: 0 }, uptimeMs: expect.any(Number) },
      auth: { method: "token", role: "operator", scopes: ["operator.read"], issuedAtMs: expect.any(Number) },
      policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
    })
    expect(client.hello.auth.deviceToken).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await device(identity.deviceId)).toMatchObject({ displayName: "op-local", approvedVia: "local" })
    await client.close()
  })

  it.each([
    ["the field of the shared token", (token: string) => ({ token })],
    ["its own field", (token: string) => ({ deviceToken: token })],
    ["both", (token: string) => ({ token, deviceToken: token })],
  ])("comes back with its token in %s, and is handed the same one", async (_field, auth) => {
    const identity = createIdentity()
    const first = await gateway.enter({ identity, scopes: ["operator.read"] })
    const token = first.hello.auth.deviceToken ?? ""
    await first.close()
    const again = await gateway.enter({ identity, scopes: ["operator.read"], auth: auth(token) })
    expect(again.hello.auth).toMatchObject({ method: "device-token", deviceToken: token, scopes: ["operator.read"] })
    await again.close()
  })

  it("widens its scopes silently with the shared token, and its old token still opens the door", async () => {
    const identity = createIdentity()
    const first = await gateway.enter({ identity, scopes: ["operator.read"] })
    const second = await gateway.enter({ identity, scopes: ["operator.read", "operator.write"] })
    expect(second.hello.auth.scopes).toEqual(["operator.read", "operator.write"])
    expect(second.hello.auth.deviceToken).not.toBe(first.hello.auth.deviceToken)
    const auth = { deviceToken: first.hello.auth.deviceToken ?? "" }
    const old = await gateway.enter({ identity, scopes: ["operator.read"], auth })
    expect(old.hello.auth.deviceToken).toBe(second.hello.auth.deviceToken)
    for (const client of [first, second, old]) await client.close()
  })

  it("may not become a node without a person", async () => {
    const identity = createIdentity()
    await (await gateway.enter({ identity, scopes: ["operator.read"] })).close()
    expect(await gateway.knock({ identity, role: "node" })).toMatchObject({
      ok: false,
      error: {
        code: "NOT_PAIRED",
        details: {
          code: "PAIRING_REQUIRED",
          reason: "role-upgrade",
          requestedRole: "node",
          approvedRoles: ["operator"],
          approvedScopes: ["operator.read"],
        },
      },
    })
  })

  it("is let in with the shared secret as a password too", async () => {
    const identity = createIdentity()
    const client = await gateway.enter({ identity, scopes: ["operator.read"], auth: { password: sharedToken } })
    expect(client.hello.auth.method).toBe("token")
    await client.close()
  })

  it("signs version 2 as well as version 3", async () => {
    const client = await gateway.enter({ identity: createIdentity(), scopes: ["operator.read"], signature: "v2" })
    await client.close()
  })
})

describe("a device seen as remote", () => {
  it("is refused with everything it needs to come back, under the same request until it asks for more", async () => {
    const identity = createIdentity()
    const first = await gateway.knock({ identity, scopes: ["operator.read"], ...remote() })
    if (first.ok) throw new Error("was let in")
    expect(first.error).toMatchObject({
      code: "NOT_PAIRED",
      message: "pairing required: device is not approved yet",
      details: {
        code: "PAIRING_REQUIRED",
        reason: "not-paired",
        requestId: expect.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/),
        expiresAtMs: expect.any(Number),
        deviceId: identity.deviceId,
        requestedRole: "operator",
        requestedScopes: ["operator.read"],
        missingScopes: ["operator.read"],
        recommendedNextStep: "wait_then_retry",
        retryable: true,
        pauseReconnect: false,
      },
    })
    const requestId = first.error?.details?.requestId
    expect(first.close).toEqual({
      code: 1008,
      reason: `pairing required: device is not approved yet (requestId: ${requestId})`,
    })
    expect(Buffer.byteLength(first.close.reason)).toBeLessThanOrEqual(120)

    const retry = await gateway.knock({ identity, scopes: ["operator.read"], ...remote() })
    expect(retry).toMatchObject({ error: { details: { requestId } } })
    const wider = await gateway.knock({ identity, scopes: ["operator.read", "operator.write"], ...remote() })
    if (wider.ok) throw new Error("was let in")
    expect(wider.error?.details?.requestId).not.toBe(requestId)
    expect(await device(identity.deviceId)).toBeNull()
  })

  it("is not local because of what its proxy forwards", async () => {
    const result = await gateway.knock({
      identity: createIdentity(),
      scopes: ["operator.read"],
      ...remote("127.0.0.1"),
    })
    expect(result).toMatchObject({ ok: false, error: { details: { reason: "not-paired" } } })
  })

  it("is not local with a forwarding header of a proxy that nobody declared", async () => {
    const headers = { "X-Forwarded-For": "127.0.0.1" }
    const result = await gateway.knock({ identity: createIdentity(), scopes: ["operator.read"], headers })
    expect(result).toMatchObject({ ok: false, error: { details: { reason: "not-paired" } } })
    expect(gateway.store.presence.proxiesSeen()).toContainEqual({ address: "127.0.0.1", declared: false })
  })

  it("is not local when it names another host", async () => {
    const headers = { Host: "gateway.lan" }
    const result = await gateway.knock({ identity: createIdentity(), scopes: ["operator.read"], headers })
    expect(result).toMatchObject({ ok: false, error: { details: { reason: "not-paired" } } })
  })

  it("may knock from a foreign web page, but is never silent", async () => {
    const headers = { Origin: "https://evil.example" }
    const page = { identity: createIdentity(), scopes: ["operator.read"], headers }
    expect(await gateway.knock(page)).toMatchObject({ ok: false, error: { details: { reason: "not-paired" } } })
    const own = await gateway.enter({ ...page, headers: { Origin: `http://127.0.0.1:${gateway.port}` } })
    await own.close()
  })
})

describe("older and other clients", () => {
  it.each([
    ["operator", 3, 3, 3],
    ["node", 3, 3, 3],
    ["operator", 3, 4, 4],
    ["operator", 1, 9, 4],
  ])("a %s that speaks %i to %i is answered in %i", async (role, min, max, protocol) => {
    const client = await gateway.enter({ identity: createIdentity(), role, protocol: { min, max } })
    expect(client.hello.protocol).toBe(protocol)
    await client.close()
  })

  it("a connect with every field of the protocol is let in", async () => {
    const tamper = (params: Record<string, unknown>) => ({
      ...params,
      client: { ...(typeof params.client === "object" ? params.client : {}), ...extraClient },
      ...extraParams,
    })
    const client = await gateway.enter({ identity: createIdentity(), role: "node", tamper })
    await client.close()
  })

  it("a node gets its token, and its heartbeat events are answered as unknown without harm", async () => {
    const node = await gateway.enter({ identity: createIdentity(), role: "node", commands: ["system.run"] })
    expect(node.hello.auth).toMatchObject({ role: "node", scopes: [], deviceToken: expect.any(String) })
    expect(await node.request("node.event", { event: "x" })).toMatchObject({
      ok: false,
      error: { code: "INVALID_REQUEST", message: "unknown method: node.event" },
    })
    expect(await node.request("health")).toMatchObject({ ok: true })
    await node.close()
  })

  it("names are kept as one harmless line, and no honest client is refused for its name", async () => {
    const identity = createIdentity()
    const displayName = `Eve\u202Egnp.exe\u0000\n${"x".repeat(10_000)}`
    await (await gateway.enter({ identity, scopes: ["operator.read"], client: { displayName } })).close()
    const kept = (await device(identity.deviceId))?.displayName ?? ""
    expect(kept).toMatch(/^Evegnp\.exe x+$/)
    expect(kept).toHaveLength(64)
  })
})

const extraClient = { modelIdentifier: "m", instanceId: "i", buildId: "b", timeZone: "Asia/Kathmandu" }
const extraParams = {
  permissions: { camera: true },
  pathEnv: "/bin",
  computerUse: { any: ["thing"] },
  workerRuns: {},
  modelCatalog: { agentId: "a", sessionKey: "s" },
  locale: "ne",
  userAgent: "test",
}

describe("the command line of this machine", () => {
  const cli = { identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.pairing"] }

  it("needs no device, keeps its scopes, leaves no record and is in the audit log", async () => {
    const devices = await gateway.store.db.device.count()
    const client = await gateway.enter(cli)
    expect(client.hello.auth).toMatchObject({ role: "operator", scopes: ["operator.pairing"] })
    expect(client.hello.auth.deviceToken).toBeUndefined()
    expect(await client.request("device.pair.list", {})).toMatchObject({ ok: true })
    await client.close()
    expect(await gateway.store.db.device.count()).toBe(devices)
    expect(
      await gateway.store.db.auditEntry.findFirst({ where: { action: "connect.local-command-line" } }),
    ).toMatchObject({ actorName: "local command line" })
  })

  it("is let in with no scopes when it is seen as remote", async () => {
    const client = await gateway.enter({ ...cli, ...remote() })
    expect(client.hello.auth.scopes).toEqual([])
    expect(await client.request("device.pair.list", {})).toEqual({
      ok: false,
      error: {
        code: "FORBIDDEN",
        message: "missing scope: operator.pairing",
        details: {
          code: "MISSING_SCOPE",
          missingScope: "operator.pairing",
          requiredScopes: ["operator.pairing"],
        },
      },
    })
    await client.close()
  })
})
