import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { lowerCeiling } from "./ceiling"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { revoke } from "./revoke"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import { issueToken } from "./tokens"
import type { Device, DeviceRecord, Token } from "./types"

const read = "operator.read"
const write = "operator.write"
const wide = [read, write]

const paired = (over: Partial<Token> = {}, more: Partial<Device> = {}): DeviceRecord =>
  record({ device: device({ approvedScopes: wide, tokens: { operator: token({ scopes: wide, ...over }) }, ...more }) })
const narrowed = paired({ scopes: [read], narrowedAway: [write] })

function recordAfter(from: DeviceRecord, over: Partial<ConnectFacts>): DeviceRecord {
  const decision = decideConnect(facts(over), from, policy())
  if (decision.kind === "reject") throw new Error(decision.reason)
  return decision.next
}

function approved(from: DeviceRecord): DeviceRecord {
  const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs: 10_001 } as const
  const result = approve(from, { ...by, requestId: "fresh-request", freshTokenId: "approved-token" })
  if (!result.ok) throw new Error(result.because)
  return result.next
}

const operatorToken = ({ device: held }: DeviceRecord) => {
  const found = held?.tokens.operator
  if (found === undefined) throw new Error("no token")
  return found
}
const withToken = (tokenId: string) => ({ auth: { kind: "device-token", tokenId } }) as const

describe("what a person narrowed away is remembered over", () => {
  it.each<[string, DeviceRecord]>([
    ["an approval", approved(recordAfter(narrowed, { scopes: [read, "operator.talk"] }))],
    ["a silent grant", recordAfter(narrowed, { scopes: [read, "operator.talk"], net: loopback })],
    ["a connect with the shared secret", recordAfter(paired({ scopes: [], narrowedAway: wide }), { scopes: [read] })],
  ])("%s", (_case, after) => {
    const { tokenId, narrowedAway } = operatorToken(after)
    expect(tokenId).not.toBe("token-1")
    expect(narrowedAway).toEqual([write])
  })

  it("but not over a revocation, after which a person decides anew", () => {
    const revoked = paired({ scopes: [read], narrowedAway: [write], revokedAtMs: 1 })
    expect(operatorToken(approved(recordAfter(revoked, { scopes: [read] }))).narrowedAway).toEqual([])
  })
})

describe("a revoked token", () => {
  it("opens nothing any more when the role is approved again", () => {
    const revoked = revoke(paired(), { role: "operator", authority: consoleAuthority, nowMs: 9_000, freshTokenId: "r" })
    if (!revoked.ok) throw new Error(revoked.because)
    const back = approved(recordAfter(revoked.next, { scopes: [read] }))
    expect(operatorToken(back)).toMatchObject({ tokenId: "approved-token", scopes: [read], predecessors: [] })
    expect(decideConnect(facts(withToken("token-1")), back, policy())).toMatchObject({ reason: "token-mismatch" })
  })
})

describe("a device token", () => {
  it("is limited by the ceiling, whatever it says", () => {
    const over = paired({ scopes: ["operator.admin"] })
    const given = facts({ ...withToken("token-1"), scopes: wide })
    expect(decideConnect(given, over, policy())).toMatchObject({ kind: "allow", granted: wide })
    const lower = paired({ scopes: wide }, { approvedScopes: [read], withheld: [write] })
    expect(decideConnect(given, lower, policy())).toMatchObject({ kind: "allow", granted: [read], leftOut: [write] })
  })

  it("shrinks with a lowered ceiling, and those that it replaced with it", () => {
    const wider = approved(recordAfter(paired(), { scopes: ["operator.talk"] }))
    const after = lowerCeiling(wider, { remove: [write, "operator.talk"], keep: [read], nowMs: 10_000 }, policy())
    expect(after.ok && operatorToken(after.next)).toMatchObject({ scopes: [read], predecessors: [{ scopes: [read] }] })
  })

  it("that is replaced keeps saying why, and ends at the earlier of two ends", () => {
    const first = issueToken(paired().device, {
      ...{ role: "operator", scopes: wide, tokenId: "second", nowMs: 1, delivered: false },
      replaced: { kind: "grace", untilMs: 500 },
    })
    expect(first.predecessors).toMatchObject([{ tokenId: "token-1", because: "rotation", untilMs: 500 }])
    const again = (replaced: Parameters<typeof issueToken>[1]["replaced"]) =>
      issueToken(device({ tokens: { operator: first } }), {
        ...{ role: "operator", scopes: wide, tokenId: "third", nowMs: 2, delivered: false, replaced },
      }).predecessors
    expect(again({ kind: "keep" })).toMatchObject([{ because: "rotation", untilMs: 500 }])
    expect(again({ kind: "grace", untilMs: 900 })).toMatchObject([{ because: "rotation", untilMs: 500 }])
    expect(again({ kind: "end" })).toEqual([])
  })
})
