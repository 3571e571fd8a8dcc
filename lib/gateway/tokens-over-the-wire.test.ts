import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import { rotateToken } from "@/lib/store/rotate-token"
import { rotateSharedSecret } from "@/lib/store/shared-secret-commands"
import { type Connected, createIdentity, type DeviceIdentity } from "@/tools/wire-client"
import { sharedToken, startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
let admin: Connected

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

const both = ["operator.read", "operator.write"]
const owner = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const
const rotationDenied = { ok: false, error: { code: "INVALID_REQUEST", message: "device token rotation denied" } }
const revocationDenied = { ok: false, error: { code: "INVALID_REQUEST", message: "device token revocation denied" } }

async function paired(scopes: readonly string[] = both) {
  const identity = createIdentity()
  const first = await gateway.enter({ identity, scopes })
  const token = first.hello.auth.deviceToken ?? ""
  return { identity, first, token, deviceId: identity.deviceId }
}

const withToken = (identity: DeviceIdentity, deviceToken: string, scopes: readonly string[] = both) =>
  gateway.knock({ identity, scopes, auth: { deviceToken } })

async function closedWithin(client: Connected, ms: number) {
  const sinceMs = performance.now()
  const close = await client.closed
  expect(performance.now() - sinceMs).toBeLessThan(ms)
  return close
}

describe("rotate by an admin", () => {
  it("withholds the secret, closes the socket within a second, and ends the old token", async () => {
    const { identity, first, token, deviceId } = await paired()
    const answer = await admin.request("device.token.rotate", { deviceId, role: "operator", scopes: ["operator.read"] })
    expect(answer).toEqual({
      ok: true,
      payload: {
        deviceId,
        role: "operator",
        scopes: ["operator.read"],
        rotatedAtMs: expect.any(Number),
        tokenDelivery: "withheld-cross-device",
      },
    })
    expect(await closedWithin(first, 1_000)).toMatchObject({ code: 4001 })
    expect(await withToken(identity, token)).toMatchObject({
      error: { details: { code: "AUTH_DEVICE_TOKEN_MISMATCH" } },
      close: { code: 1008, reason: expect.stringContaining("device token mismatch") },
    })
  })

  it("limits what connects with that token, and lets the shared secret have the whole ceiling", async () => {
    const { identity, deviceId } = await paired()
    await admin.request("device.token.rotate", { deviceId, role: "operator", scopes: ["operator.read"] })
    const narrow = await gateway.enter({ identity, scopes: ["operator.read"] })
    const token = narrow.hello.auth.deviceToken ?? ""
    expect(await withToken(identity, token)).toMatchObject({
      ok: false,
      error: {
        code: "INVALID_REQUEST",
        details: { code: "AUTH_SCOPE_MISMATCH", authReason: "scope_mismatch", missingScopes: ["operator.write"] },
      },
      close: { reason: expect.stringContaining("scope mismatch") },
    })
    const wide = await gateway.enter({ identity, scopes: both })
    expect(wide.hello.auth.scopes).toEqual(both)
  })

  it.each([
    ["scopes outside the approval", (deviceId: string) => ({ deviceId, role: "operator", scopes: ["operator.admin"] })],
    ["a role that was never approved", (deviceId: string) => ({ deviceId, role: "node" })],
    ["a role that does not exist", (deviceId: string) => ({ deviceId, role: "worker" })],
    ["an unknown device", () => ({ deviceId: "f".repeat(64), role: "operator" })],
  ])("refuses %s with always the same words", async (_what, params) => {
    const { first, deviceId } = await paired()
    expect(await admin.request("device.token.rotate", params(deviceId))).toEqual(rotationDenied)
    await first.close()
  })
})

describe("rotate by the device itself", () => {
  it("answers with the secret, then closes; the new token opens the door", async () => {
    const scopes = ["operator.pairing", "operator.read"]
    const { identity, deviceId, token } = await paired(scopes)
    const session = await gateway.enter({ identity, scopes, auth: { deviceToken: token } })
    const answer = await session.request("device.token.rotate", { deviceId, role: "operator" })
    expect(answer).toMatchObject({ ok: true, payload: { tokenDelivery: "in-band", scopes } })
    expect(await closedWithin(session, 1_000)).toMatchObject({ code: 4001 })
    const fresh = answer.ok && typeof answer.payload === "object" && answer.payload !== null ? answer.payload : {}
    const secret = "token" in fresh ? String(fresh.token) : ""
    expect(await withToken(identity, secret, scopes)).toMatchObject({ ok: true })
  })

  it("is not for another device", async () => {
    const other = await paired()
    const { identity, token } = await paired(["operator.pairing"])
    const session = await gateway.enter({ identity, scopes: ["operator.pairing"], auth: { deviceToken: token } })
    const params = { deviceId: other.deviceId, role: "operator" }
    expect(await session.request("device.token.rotate", params)).toEqual(rotationDenied)
    expect(await session.request("device.token.revoke", params)).toEqual(revocationDenied)
    expect(other.first.isOpen()).toBe(true)
  })
})

describe("rotate on pickup, from the console", () => {
  it("closes the socket, lets the old token in once more and hands over the same new one every time", async () => {
    const { identity, first, token, deviceId } = await paired()
    await rotateToken(gateway.store, {
      deviceId,
      role: "operator",
      scopes: ["operator.read"],
      mode: { kind: "on-pickup" },
      rememberNarrowing: true,
      actor: owner,
      nowMs: Date.now(),
    })
    expect(await closedWithin(first, 1_000)).toMatchObject({ code: 4001 })
    const again = [await withToken(identity, token), await withToken(identity, token)]
    const handed = again.map((result) => (result.ok ? result.hello.auth : null))
    expect(handed[0]).toMatchObject({ method: "device-token", scopes: ["operator.read"] })
    expect(handed[0]?.deviceToken).not.toBe(token)
    expect(handed[1]?.deviceToken).toBe(handed[0]?.deviceToken)

    const fresh = handed[0]?.deviceToken ?? ""
    const picked = await withToken(identity, fresh)
    expect(picked).toMatchObject({ ok: true, hello: { auth: { scopes: ["operator.read"], deviceToken: fresh } } })
    expect(await withToken(identity, token)).toMatchObject({ ok: false })
  })
})

describe("revoke", () => {
  it("closes the socket within a second; the token is dead and the next connect asks for the role again", async () => {
    const { identity, first, token, deviceId } = await paired()
    const answer = await admin.request("device.token.revoke", { deviceId, role: "operator" })
    expect(answer).toEqual({ ok: true, payload: { deviceId, role: "operator", revokedAtMs: expect.any(Number) } })
    expect(await closedWithin(first, 1_000)).toMatchObject({ code: 4001 })
    expect(await admin.request("device.token.revoke", { deviceId, role: "operator" })).toEqual(answer)
    expect(await withToken(identity, token)).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } })
    const again = await gateway.knock({ identity, scopes: both })
    expect(again).toMatchObject({ ok: false, error: { code: "NOT_PAIRED", details: { reason: "role-upgrade" } } })
  })

  it("serves nothing more once it cut off its own session, but the answer goes out first", async () => {
    const scopes = ["operator.pairing"]
    const { identity, token, deviceId } = await paired(scopes)
    const session = await gateway.enter({ identity, scopes, auth: { deviceToken: token } })
    const answer = await session.request("device.token.revoke", { deviceId, role: "operator" })
    expect(answer).toMatchObject({ ok: true })
    expect(await session.request("device.pair.list", {})).toMatchObject({ ok: false, error: { code: "CLOSED" } })
  })
})

describe("the shared secret", () => {
  it("closes the sockets that it opened when it is replaced, and none of those that a device token opened", async () => {
    const own = await startTestGateway({ gatewayToken: null })
    const secret = own.store.sharedSecret.current()
    const identity = createIdentity()
    const bySecret = await own.enter({ identity, scopes: both, auth: { token: secret } })
    const auth = { deviceToken: bySecret.hello.auth.deviceToken ?? "" }
    const byToken = await own.enter({ identity, scopes: both, auth })
    expect(await rotateSharedSecret(own.store, { actor: owner, nowMs: Date.now() })).toMatchObject({ ok: true })
    expect(await bySecret.closed).toEqual({ code: 4001, reason: "gateway auth changed" })
    expect(byToken.isOpen()).toBe(true)
    expect(await own.knock({ identity, scopes: both, auth: { token: secret } })).toMatchObject({ ok: false })
    expect(secret).not.toBe(sharedToken)
    await own.close()
  })
})
