import { describe, expect, it } from "vitest"
import { exportDevice } from "./exported"
import { device, record, token } from "./testing/facts"
import { importedId } from "./tokens"
import type { Predecessor, Token } from "./types"

const nowMs = 10_000
const read = "operator.read"
const write = "operator.write"

function exported(over: Parameters<typeof device>[0]) {
  const result = exportDevice(record({ device: device(over) }), nowMs)
  if (!result.ok) throw new Error(result.because)
  return result
}

const withToken = (over: Partial<Token>) => exported({ tokens: { operator: token(over) } })
const before: Predecessor = { tokenId: "before", scopes: [read, write], because: "rotation", untilMs: 20_000 }

describe("what another gateway is told of a device", () => {
  it("is what is approved for good, and the token that it holds", () => {
    const { approvedScopes, tokens, ending, withoutToken } = exported({ approvedScopes: [read, write] })
    expect({ approvedScopes, ending, withoutToken }).toEqual({
      ...{ approvedScopes: [read, write], ending: [], withoutToken: [] },
    })
    expect(tokens).toMatchObject([{ role: "operator", tokenId: "token-1", scopes: [read], revokedAtMs: null }])
  })

  it("is the frozen ceiling of a legacy record (R10)", () => {
    expect(exported({ approvedScopes: null, legacyScopes: [write] }).approvedScopes).toEqual([write])
  })

  it.each([
    ["the new one where it went out", { deliveredAtMs: 5, usedAtMs: null, predecessors: [before] }, "token-1"],
    ["the old one while the new one waits", { deliveredAtMs: null, usedAtMs: null, predecessors: [before] }, "before"],
    [
      "the new one once the grace of the old one is over",
      { deliveredAtMs: null, usedAtMs: null, predecessors: [{ ...before, untilMs: 9_999 }] },
      "token-1",
    ],
  ])("is of its tokens %s, with the scopes of the new one", (_case, over, tokenId) => {
    expect(withToken(over).tokens).toMatchObject([{ tokenId, scopes: [read] }])
  })

  it("is of a revoked token that it is revoked, and no secret", () => {
    expect(withToken({ revokedAtMs: 7 }).tokens).toMatchObject([{ tokenId: null, revokedAtMs: 7 }])
  })

  it("is no token of which only the hash is known, and whose that is", () => {
    expect(withToken({ tokenId: importedId("hash") })).toMatchObject({ tokens: [], withoutToken: ["operator"] })
  })
})

describe("what no other gateway would know how to keep stays out", () => {
  it("a blocked key", () => {
    const blocked = record({ blockedKeys: ["key-1"] })
    expect(exportDevice(blocked, nowMs)).toEqual({ ok: false, because: "blocked" })
  })

  it("a scope with an end, which would last for good there", () => {
    const over = { approvedScopes: [read, write], ends: { [write]: 20_000 } }
    const result = exported({ ...over, tokens: { operator: token({ scopes: [read, write] }) } })
    expect(result).toMatchObject({ approvedScopes: [read], ending: [write], tokens: [{ scopes: [read] }] })
  })

  it("a scope whose end has come, whether or not anybody has written that", () => {
    expect(exported({ approvedScopes: [read, write], ends: { [write]: 9_999 } })).toMatchObject({
      ...{ approvedScopes: [read], ending: [] },
    })
  })

  it("a device that is here for a time only", () => {
    const over = { ends: { operator: 20_000, [read]: 20_000 } }
    expect(exportDevice(record({ device: device(over) }), nowMs)).toEqual({ ok: false, because: "nothing-lasting" })
  })

  it("a device that is gone", () => {
    expect(exportDevice(record({ device: null }), nowMs)).toEqual({ ok: false, because: "not-here" })
  })
})
