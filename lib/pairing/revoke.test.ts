import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { decideConnect } from "./decide-connect"
import { hasRole } from "./device"
import { type RevokeInput, revoke } from "./revoke"
import { device, facts, loopback, policy, record } from "./testing/facts"

const revocation = (from = record(), over: Partial<RevokeInput> = {}) =>
  revoke(from, { role: "operator", authority: consoleAuthority, nowMs: 5_000, freshTokenId: "r", ...over })

describe("a role that was approved before it had a token", () => {
  const bare = record({ device: device({ tokens: {} }) })

  it("can be ended like any other", () => {
    const result = revocation(bare)
    expect(result).toMatchObject({ ok: true, token: { tokenId: "r", scopes: [], revokedAtMs: 5_000 } })
    if (!result.ok || result.next.device === null) return
    expect(hasRole(result.next.device, "operator")).toBe(false)
    const again = decideConnect(facts({ net: loopback }), result.next, policy())
    expect(again).toMatchObject({ kind: "pending", manual: "role-revoked" })
    expect(revocation(result.next)).toMatchObject({ because: "nothing-to-change" })
  })

  it("by those only who could give all of it", () => {
    const authority = { scopes: ["operator.pairing"], deviceId: null }
    const missing = { because: "caller-missing-scope", missing: ["operator.read"] }
    expect(revocation(bare, { authority })).toMatchObject(missing)
    expect(revocation(bare, { role: "node" })).toMatchObject({ because: "unknown-device-or-role" })
  })
})

describe("a device session", () => {
  it("revokes nothing of another device", () => {
    const authority = { scopes: ["operator.read", "operator.pairing"], deviceId: "dev-2" }
    expect(revocation(record(), { authority })).toMatchObject({ because: "not-own-device" })
    expect(revocation(record(), { authority: { ...authority, deviceId: "dev-1" } })).toMatchObject({ ok: true })
  })
})
