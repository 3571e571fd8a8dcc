import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { hardenedPolicy } from "./policy"
import { facts, lan, loopback, policy, record } from "./testing/facts"
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
