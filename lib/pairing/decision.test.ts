import { describe, expect, it } from "vitest"
import { decideConnect } from "./decide-connect"
import { provesCredential } from "./decision"
import type { AuthFacts } from "./facts"
import { facts, policy, record } from "./testing/facts"
import type { DeviceRecord } from "./types"

const good: AuthFacts = { kind: "device-token", tokenId: "token-1" }
const bad: readonly AuthFacts[] = [{ kind: "device-token", tokenId: null }, { kind: "invalid" }]

const held: DeviceRecord = record({
  holds: [
    {
      ...{ requestId: "r", publicKey: "key-1", role: "operator", scopes: ["operator.admin"], commands: [] },
      untilMs: Number.MAX_VALUE,
    },
  ],
})
const blocked = record({ blockedKeys: ["key-1"] })

/** Connects by what becomes of them with a good device token, and whether that shows that it was one. */
const connects = [
  ["allow", record(), {}, true],
  ["scope-upgrade", record(), { scopes: ["operator.admin"] }, true],
  ["rejected", held, { scopes: ["operator.admin"] }, true],
  ["blocked", blocked, {}, false],
  ["invalid-role", record(), { role: "robot" }, false],
  ["invalid-scope", record(), { scopes: ["robot"] }, false],
] as const

describe("whether a decision shows that the credential was good", () => {
  it.each(connects)("%s", (expected, stored, over, shows) => {
    const decision = decideConnect(facts({ auth: good, ...over }), stored, policy())
    expect([decision.kind, decision.reason]).toContain(expected)
    expect(provesCredential(decision)).toBe(shows)
  })

  it.each(connects)("%s is never reached that way with a bad one", (_expected, stored, over) => {
    for (const auth of bad) {
      expect(provesCredential(decideConnect(facts({ auth, ...over }), stored, policy()))).toBe(false)
    }
  })
})
