import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { hardenedPolicy } from "./policy"
import { device, facts, lan, loopback, policy, record, token } from "./testing/facts"
import type { DeviceRecord, Policy } from "./types"

const ownPage = "http://127.0.0.1:18789"
const proxied = {
  ...lan,
  peerAddress: "10.0.0.5",
  headers: { "x-forwarded-for": "203.0.113.9" },
  trustedProxies: ["10.0.0.5"],
}
const byProxy = { kind: "trusted-proxy" } as const
const trustedProxyUpgrade = { enabled: true, scopes: ["operator.read", "operator.write"] }

describe("a page of the gateway's own", () => {
  const stranger = record({ device: null })
  it.each<[string, DeviceRecord, Partial<ConnectFacts>, Partial<Policy>]>([
    ["a first pairing", stranger, { net: loopback }, {}],
    ["more scopes", record(), { net: loopback, scopes: ["operator.write"] }, {}],
    ["more scopes by its key", record(), { net: lan, scopes: ["operator.write"] }, { pairedUpgrade: "same-key-auto" }],
    ["a new role", record(), { net: loopback, role: "node", scopes: [] }, { roleUpgrade: "local-silent" }],
    [
      "more scopes by an identity proxy",
      record(),
      { net: proxied, auth: byProxy, scopes: ["operator.write"] },
      { trustedProxyUpgrade },
    ],
  ])("gets %s silently, and never where the policy lets no page in silently", (_what, before, over, rules) => {
    const asked = facts({ ...over, net: { ...(over.net ?? lan), origin: ownPage } })
    expect(decideConnect(asked, before, policy(rules)).kind).toBe("silent-approve")
    const never = policy({ ...rules, browserScopeUpgrade: "never" })
    expect(decideConnect(asked, before, never)).toMatchObject({ kind: "pending", manual: "page-manual" })
    expect(decideConnect(facts(over), before, never).kind).toBe("silent-approve")
  })

  it("gets nothing by coming with a fresh key under the hardened preset", () => {
    const hardened = { ...hardenedPolicy, firstPartyOrigins: [ownPage] }
    const asked = facts({ net: { ...loopback, origin: ownPage }, scopes: ["operator.admin"] })
    expect(decideConnect(asked, stranger, hardened)).toMatchObject({ kind: "pending", manual: "page-manual" })
  })
})

describe("a silent grant", () => {
  it("hands out a token that holds all of what its session may do", () => {
    const approvedScopes = ["operator.read", "operator.pairing"]
    const before = record({ device: device({ approvedScopes, tokens: { operator: token() } }) })
    const rules = policy({ silentScopeCeiling: ["operator.read", "operator.write"] })
    const scopes = ["operator.read", "operator.pairing", "operator.write"]
    const decision = decideConnect(facts({ net: loopback, scopes }), before, rules)
    expect(decision).toMatchObject({ kind: "silent-approve", granted: scopes })
    if (decision.kind !== "silent-approve") return
    const { operator } = decision.next.device?.tokens ?? {}
    expect(operator?.scopes).toEqual(expect.arrayContaining(scopes))
    const auth = { kind: "device-token", tokenId: operator?.tokenId ?? null } as const
    expect(decideConnect(facts({ auth, scopes }), decision.next, rules)).toMatchObject({
      kind: "allow",
      granted: scopes,
    })
  })

  it("gives a session that a device token opened no more of the ceiling than that token holds", () => {
    const approvedScopes = ["operator.read", "operator.pairing"]
    const before = record({ device: device({ approvedScopes, tokens: { operator: token() } }) })
    const rules = policy({ silentAuthKinds: ["device-token"] })
    const auth = { kind: "device-token", tokenId: "token-1" } as const
    const scopes = ["operator.read", "operator.pairing", "operator.write"]
    const decision = decideConnect(facts({ net: loopback, auth, scopes }), before, rules)
    const left = ["operator.read", "operator.write"]
    expect(decision).toMatchObject({ kind: "silent-approve", granted: left, leftOut: ["operator.pairing"] })
    expect(decision.kind === "silent-approve" && decision.next.device?.tokens.operator?.scopes).toEqual(left)
  })
})

describe("the cap of silent grants", () => {
  const rules = policy({ silentScopeCeiling: ["operator.read", "operator.write"] })
  it.each<[string, DeviceRecord, string[], object]>([
    ["a first pairing", record({ device: null }), ["operator.admin"], { granted: ["operator.read", "operator.write"] }],
    ["an upgrade", record(), ["operator.admin"], { granted: ["operator.read", "operator.write"] }],
    ["an upgrade beside it", record(), ["operator.write", "operator.talk"], { granted: ["operator.write"] }],
    ["an upgrade above it", record(), ["operator.talk"], { kind: "pending", manual: "above-silent-ceiling" }],
  ])("binds %s", (_case, before, scopes, expected) => {
    expect(decideConnect(facts({ net: loopback, scopes }), before, rules)).toMatchObject(expected)
  })
})

describe("an identity proxy", () => {
  const rules = policy({ trustedProxyUpgrade: { enabled: true, scopes: ["operator.write", "node.exec"] } })
  const both = record({ device: device({ roles: ["operator", "node"] }) })
  it.each<[string, Partial<ConnectFacts>, string]>([
    ["widens an operator", { scopes: ["operator.write"] }, "silent-approve"],
    ["never a node", { role: "node", scopes: ["node.exec"] }, "pending"],
    ["nothing that others vouch for", { scopes: ["operator.write"], auth: { kind: "token" } }, "pending"],
  ])("%s", (_case, over, kind) => {
    expect(decideConnect(facts({ net: proxied, auth: byProxy, ...over }), both, rules).kind).toBe(kind)
  })
})

describe("the range of new nodes", () => {
  const rules = policy({ nodeAutoApproveCidrs: ["192.168.1.0/24"] })
  const stranger = record({ device: null })
  it.each<[string, DeviceRecord, Partial<ConnectFacts>, string]>([
    ["lets a fresh node in", stranger, {}, "silent-approve"],
    ["not a page", stranger, { net: { ...lan, origin: ownPage } }, "pending"],
    ["not an operator", stranger, { role: "operator" }, "pending"],
    ["not one that asks for scopes", stranger, { scopes: ["node.exec"] }, "pending"],
    ["not a paired device", record(), {}, "pending"],
  ])("%s", (_case, before, over, kind) => {
    expect(decideConnect(facts({ role: "node", scopes: [], ...over }), before, rules).kind).toBe(kind)
  })
})

describe("a device that came in silently", () => {
  it("says by which lane, and what it got so, until a person approves that", () => {
    const first = decideConnect(facts({ net: loopback }), record({ device: null }), policy())
    if (first.kind !== "silent-approve") throw new Error(first.kind)
    expect(first.next.device).toMatchObject({ approvedVia: "local", silentScopes: ["operator.read"] })
    const rules = policy({ pairedUpgrade: "same-key-auto" })
    const more = decideConnect(facts({ scopes: ["operator.talk"] }), first.next, rules)
    const silentScopes = ["operator.read", "operator.talk"]
    expect(more.kind === "silent-approve" && more.next.device).toMatchObject({ approvedVia: "local", silentScopes })
    const both = facts({ net: loopback, scopes: ["operator.read", "operator.talk"] })
    const upgraded = decideConnect(both, record(), policy())
    expect(upgraded.kind === "silent-approve" && upgraded.next.device).toMatchObject({
      ...{ approvedVia: "person", silentScopes: ["operator.talk"] },
    })
  })
})
