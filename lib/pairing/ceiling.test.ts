import { describe, expect, it } from "vitest"
import { lowerCeiling, takeBackSilent } from "./ceiling"
import { decideConnect } from "./decide-connect"
import type { ConnectFacts } from "./facts"
import { device, facts, loopback, policy, record, token } from "./testing/facts"
import type { DeviceRecord, Scopes } from "./types"

const holding = (...approvedScopes: string[]) =>
  record({ device: device({ approvedScopes, tokens: { operator: token({ scopes: approvedScopes }) } }) })

function lowered(from: DeviceRecord, keep: Scopes): DeviceRecord {
  const result = lowerCeiling(from, { remove: from.device?.approvedScopes ?? [], keep, nowMs: 10_000 }, policy())
  if (!result.ok) throw new Error(result.because)
  return result.next
}

const decide = (from: DeviceRecord, over: Partial<ConnectFacts>) => decideConnect(facts(over), from, policy())

describe("what a person lowers", () => {
  it.each<[string, DeviceRecord, string[], string[], string[]]>([
    ["admin to read", holding("operator.admin"), ["operator.read"], ["operator.write"], ["operator.read"]],
    ["admin to read", holding("operator.admin"), ["operator.read"], ["operator.pairing", "operator.approvals"], []],
    [
      "admin to write",
      holding("operator.admin"),
      ["operator.write"],
      ["operator.talk", "operator.read"],
      ["operator.read"],
    ],
    ["write to nothing", holding("operator.write"), [], ["operator.read"], []],
  ])("%s comes back by no silent lane, scope by scope either", (_case, from, keep, scopes, granted) => {
    const decision = decide(lowered(from, keep), { net: loopback, scopes })
    expect(decision).toMatchObject({ kind: "allow", reason: "withheld-left-out", granted })
  })

  it("does not keep the device out: it comes in with what is left, and files nothing", () => {
    const scopes = ["operator.read", "operator.write"]
    const decision = decide(lowered(holding("operator.admin"), ["operator.read"]), { scopes })
    expect(decision).toMatchObject({ kind: "allow", granted: ["operator.read"], leftOut: ["operator.write"] })
  })

  it("is withheld by every name that is known to lie within it, and nothing that is kept is", () => {
    const withheld = lowered(holding("operator.admin"), ["operator.write"]).device?.withheld ?? []
    expect(withheld).toEqual(expect.arrayContaining(["operator.admin", "operator.pairing", "operator.talk.secrets"]))
    expect(withheld).not.toContain("operator.read")
    expect(withheld).not.toContain("operator.write")
  })

  it("takes a silently given admin back with all that lies within it", () => {
    const granted = decide(record(), { net: loopback, scopes: ["operator.admin"] })
    if (granted.kind !== "silent-approve") throw new Error(granted.kind)
    const taken = takeBackSilent(granted.next, { nowMs: 10_000 }, policy())
    if (!taken.ok) throw new Error(taken.because)
    expect(decide(taken.next, { net: loopback, scopes: ["operator.write"] })).toMatchObject({
      kind: "allow",
      granted: ["operator.read"],
    })
  })
})

describe("lowering the ceiling", () => {
  it.each<[string, string[]]>([
    ["a star", ["operator.*"]],
    ["two scopes in one", ["operator.read node.exec"]],
    ["a scope without a name", ["operator."]],
    ["a scope of no role", ["read"]],
    ["a hidden character", ["operator.\u202e"]],
    ["more scopes than any client asks", Array.from({ length: 65 }, (_, index) => `operator.s${index}`)],
  ])("keeps no %s", (_case, keep) => {
    expect(
      lowerCeiling(holding("operator.admin"), { remove: ["operator.admin"], keep, nowMs: 10_000 }, policy()),
    ).toMatchObject({
      ok: false,
      because: "scope-outside-approved-baseline",
    })
  })

  it("keeps a list as scopes are stored: without blanks and duplicates", () => {
    const keep = [" operator.read", "operator.read", ""]
    expect(lowered(holding("operator.admin"), keep).device?.approvedScopes).toEqual(["operator.read"])
  })

  it("keeps what is approved already, though no form of today would ask for it", () => {
    const old = holding("operator.odd name", "operator.read")
    expect(lowered(old, ["operator.odd name"]).device?.approvedScopes).toEqual(["operator.odd name"])
  })
})
