import { describe, expect, it } from "vitest"
import { isNarrowed } from "./device"
import { device, token } from "./testing/facts"

describe("a token is narrowed when it holds less than is approved for its role", () => {
  it.each<[string[], string[], boolean]>([
    [["operator.read", "operator.write"], ["operator.read"], true],
    [["operator.write"], ["operator.read"], true],
    [["operator.admin"], ["operator.read"], true],
    [["operator.admin"], ["operator.read", "operator.write", "operator.pairing", "operator.approvals"], true],
    [["operator.read"], [], true],
    [["operator.read", "operator.write"], ["operator.write"], false],
    [["operator.admin", "operator.read"], ["operator.admin"], false],
    [["operator.read", "node.exec"], ["operator.read"], false],
    [[], [], false],
  ])("approved %j, token %j: %s", (approvedScopes, scopes, expected) => {
    expect(isNarrowed(device({ approvedScopes, tokens: { operator: token({ scopes }) } }), "operator")).toBe(expected)
  })

  it("not one that is revoked or was never issued", () => {
    const revoked = token({ scopes: [], revokedAtMs: 1 })
    expect(isNarrowed(device({ tokens: { operator: revoked } }), "operator")).toBe(false)
    expect(isNarrowed(device({ tokens: {} }), "operator")).toBe(false)
  })
})
