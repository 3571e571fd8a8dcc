import { describe, expect, it } from "vitest"
import { type Standing, stillHolds } from "./standing"
import { device, policy, record, token } from "./testing/facts"
import type { DeviceRecord } from "./types"

const both = ["operator.read", "operator.write"]
const paired = device({ approvedScopes: both, tokens: { operator: token({ scopes: both }) } })
const session: Standing = { publicKey: "key-1", role: "operator", tokenId: "token-1" }

describe("whether a session still holds what it was let in with", () => {
  it.each<[string, DeviceRecord, boolean]>([
    ["nothing happened", record({ device: paired }), true],
    ["another key is blocked", record({ device: paired, blockedKeys: ["key-2"] }), true],
    [
      "its token was replaced by a wider one",
      record({
        device: { ...paired, tokens: { operator: token({ tokenId: "token-2", scopes: [...both, "operator.x"] }) } },
      }),
      true,
    ],
    [
      "its ceiling lies above its token",
      record({ device: { ...paired, tokens: { operator: token({ scopes: ["operator.read"] }) } } }),
      true,
    ],
    ["its device was removed", record({ device: null }), false],
    ["another key has its place", record({ device: { ...paired, publicKey: "key-2" } }), false],
    ["its key was blocked", record({ device: paired, blockedKeys: ["key-1"] }), false],
    [
      "its token was revoked",
      record({ device: { ...paired, tokens: { operator: token({ scopes: both, revokedAtMs: 1 }) } } }),
      false,
    ],
    ["its role was taken away", record({ device: { ...paired, roles: ["node"] } }), false],
    ["its ceiling was lowered", record({ device: { ...paired, approvedScopes: ["operator.read"] } }), false],
    [
      "its token was replaced by a narrower one",
      record({ device: { ...paired, tokens: { operator: token({ tokenId: "token-2", scopes: ["operator.read"] }) } } }),
      false,
    ],
  ])("%s", (_what, now, holds) => {
    expect(stillHolds(session, both, now, { policy: policy(), nowMs: 10_000 })).toBe(holds)
  })

  it("a session without scopes ends with its role too", () => {
    const revoked = { ...paired, tokens: { operator: token({ revokedAtMs: 1 }) } }
    expect(stillHolds(session, [], record({ device: paired }), { policy: policy(), nowMs: 10_000 })).toBe(true)
    expect(stillHolds(session, [], record({ device: revoked }), { policy: policy(), nowMs: 10_000 })).toBe(false)
  })
})
