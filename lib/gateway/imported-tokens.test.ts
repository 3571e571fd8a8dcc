import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import type { Role } from "@/lib/pairing/types"
import { importDevices } from "@/lib/store/import-devices"
import { importedTokenId } from "@/lib/store/keys"
import { revokeToken } from "@/lib/store/revoke-token"
import { createIdentity, type DeviceIdentity } from "@/tools/wire-client"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const both = ["operator.read", "operator.write"]
const owner = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const
const metadata = {
  ...{ displayName: "Laptop", clientId: "cli", clientMode: "cli", clientVersion: null, platform: "linux" },
  ...{ deviceFamily: null, commands: [] },
}

/** A device as its old gateway kept it, taken over; with the token that its client still holds. */
async function imported(role: Role = "operator", scopes: readonly string[] = both) {
  const identity = createIdentity()
  const { deviceId, publicKey } = identity
  const secret = `a-token-of-the-old-gateway-for-${deviceId}`
  const times = { createdAtMs: 1, rotatedAtMs: null, lastUsedAtMs: 2, revokedAtMs: null }
  const token = { tokenId: importedTokenId(secret, deviceId, role), role, scopes, ...times, isTied: false }
  const rights = {
    ...{ deviceId, publicKey, metadata, role, roles: [role], scopes, approvedScopes: scopes, tokens: [token] },
    ...{ approvedVia: "owner", approvedCommands: null, pairedAtMs: 1, approvedAtMs: 1 },
  }
  const device = { rights, label: null, lastAddress: null, lastSeenAtMs: null }
  await importDevices(gateway.store, [device], { from: "a test", nowMs: Date.now() })
  return { identity, secret, deviceId }
}

const knock = (identity: DeviceIdentity, deviceToken: string, scopes: readonly string[] = both) =>
  gateway.knock({ identity, scopes, auth: { deviceToken } })

describe("a client that keeps a token of another gateway", () => {
  it("is let in by it and told one of ours; with that it comes again, and the old one is no more", async () => {
    const { identity, secret } = await imported()
    const first = await knock(identity, secret)
    expect(first).toMatchObject({
      ok: true,
      hello: { auth: { method: "device-token", role: "operator", scopes: both } },
    })
    const told = first.ok ? (first.hello.auth.deviceToken ?? "") : ""
    expect(told).toMatch(/^[\w-]{43}$/)
    // Its answer may never have arrived: the old one opens the door until the new one did.
    expect(await knock(identity, secret)).toMatchObject({ ok: true, hello: { auth: { deviceToken: told } } })
    expect(await knock(identity, told)).toMatchObject({ ok: true, hello: { auth: { deviceToken: told } } })
    expect(await knock(identity, secret)).toMatchObject({
      error: { details: { code: "AUTH_DEVICE_TOKEN_MISMATCH" } },
      close: { code: 1008 },
    })
  })

  it("may send it in the field of the shared secret, as clients of early 2026 do", async () => {
    const { identity, secret } = await imported()
    const answer = await gateway.knock({ identity, scopes: both, auth: { token: secret } })
    expect(answer).toMatchObject({ ok: true, hello: { auth: { method: "device-token" } } })
  })

  it("is let in as a node, too", async () => {
    const { identity, secret } = await imported("node", [])
    const client = { id: "node-host", mode: "node", platform: "linux" }
    const answer = await gateway.knock({ identity, role: "node", scopes: [], auth: { deviceToken: secret }, client })
    expect(answer).toMatchObject({ ok: true, hello: { auth: { role: "node", deviceToken: expect.any(String) } } })
  })

  it("asks for no more than it held: the refusal is the same as for a token of ours", async () => {
    const { identity, secret } = await imported("operator", ["operator.read"])
    expect(await knock(identity, secret)).toMatchObject({ ok: false })
    expect(await knock(identity, secret, ["operator.read"])).toMatchObject({ ok: true })
  })

  it("has no say with it under another key, nor once it is revoked", async () => {
    const { identity, secret, deviceId } = await imported()
    const other = await imported()
    expect(await knock(other.identity, secret)).toMatchObject({ ok: false })
    await revokeToken(gateway.store, { deviceId, role: "operator", actor: owner, nowMs: Date.now() })
    expect(await knock(identity, secret)).toMatchObject({ ok: false, close: { code: 1008 } })
  })
})
