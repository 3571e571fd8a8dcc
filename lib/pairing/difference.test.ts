import { describe, expect, it } from "vitest"
import { differenceOf, needsConfirmation, outcomeOf } from "./difference"
import { device, token } from "./testing/facts"
import type { Device, DeviceRecord, PairingReason, Role, Scopes } from "./types"

const policy = { legacyRecords: "baseline" } as const

const recordOf = (paired: Device | null): DeviceRecord => ({
  device: paired,
  requests: [],
  holds: [],
  blockedKeys: [],
})

function ask(scopes: Scopes, paired: Device | null, over: { publicKey?: string; role?: Role } = {}) {
  return differenceOf(recordOf(paired), { publicKey: "key-1", role: "operator", scopes, ...over }, policy)
}

const names = (difference: ReturnType<typeof ask>) => difference.scopes.map((row) => row.scope)

describe("what a request asks for, beside what its device has", () => {
  it("is all new for a key that was never paired", () => {
    const { scopes, kept } = ask(["operator.read", "operator.approvals"], null)
    expect(scopes).toEqual([
      expect.objectContaining({ scope: "operator.read", inToken: false, isApproved: false }),
      expect.objectContaining({ scope: "operator.approvals", inToken: false, isApproved: false }),
    ])
    expect(kept).toEqual([])
  })

  it("is compared with nothing when the key is another one", () => {
    const { scopes } = ask(["operator.read"], device(), { publicKey: "key-2" })
    expect(scopes[0]).toMatchObject({ isApproved: false, inToken: false })
  })

  it("tells until when a scope is held, and when the time of another was over", () => {
    const ends = { "operator.write": 90_000, "operator.talk": 5_000 }
    const paired = device({ approvedScopes: ["operator.write"], ends })
    const { scopes } = ask(["operator.read", "operator.talk"], paired)
    expect(scopes).toMatchObject([
      { scope: "operator.read", isApproved: true, untilMs: 90_000, endedAtMs: null },
      { scope: "operator.talk", isApproved: false, untilMs: null, endedAtMs: 5_000 },
    ])
  })

  it("tells the token from the ceiling", () => {
    const narrowed = device({
      approvedScopes: ["operator.read", "operator.write", "operator.talk"],
      tokens: { operator: token({ scopes: ["operator.read"] }) },
    })
    const { scopes, kept } = ask(["operator.write", "operator.read", "operator.approvals"], narrowed)
    expect(scopes).toEqual([
      expect.objectContaining({ scope: "operator.read", inToken: true, isApproved: true }),
      expect.objectContaining({ scope: "operator.write", inToken: false, isApproved: true }),
      expect.objectContaining({ scope: "operator.approvals", inToken: false, isApproved: false }),
    ])
    expect(kept).toEqual(["operator.talk"])
  })

  it("shows nothing in a revoked token", () => {
    const revoked = device({ tokens: { operator: token({ revokedAtMs: 1 }) } })
    expect(ask(["operator.read"], revoked).scopes[0]).toMatchObject({ inToken: false, isApproved: true })
  })

  it("names the scope that another one comes with", () => {
    const admin = device({
      approvedScopes: ["operator.admin"],
      tokens: { operator: token({ scopes: ["operator.admin"] }) },
    })
    expect(ask(["operator.talk"], admin).scopes[0]).toMatchObject({ isApproved: true, heldWithin: "operator.admin" })
    expect(ask(["operator.admin"], admin).scopes[0]).toMatchObject({ heldWithin: null })
  })

  it("names what was withheld, also within a wider scope", () => {
    const withheld = device({ approvedScopes: [], withheld: ["operator.read"], tokens: {} })
    expect(ask(["operator.read"], withheld).scopes[0]).toMatchObject({ bringsBack: ["operator.read"] })
    expect(ask(["operator.write"], withheld).scopes[0]).toMatchObject({ bringsBack: ["operator.read"] })
    expect(ask(["operator.talk"], withheld).scopes[0]).toMatchObject({ bringsBack: [] })
  })

  it("puts what is held first and what is dangerous last", () => {
    const paired = device({ withheld: ["operator.talk"] })
    const asked = ["operator.admin", "operator.talk", "operator.approvals", "operator.pairing", "operator.read"]
    expect(names(ask(asked, paired))).toEqual([
      "operator.read",
      "operator.approvals",
      "operator.talk",
      "operator.pairing",
      "operator.admin",
    ])
  })

  it("keeps nothing of the other role in view", () => {
    const both = device({ approvedScopes: ["operator.read", "node.exec"], roles: ["operator", "node"] })
    expect(ask([], both, { role: "node" }).kept).toEqual(["node.exec"])
  })
})

describe("what a choice comes to", () => {
  const { scopes } = ask(["operator.read", "operator.write", "operator.approvals"], device())

  it.each<[Scopes, Scopes, Scopes]>([
    [["operator.write", "operator.approvals"], ["operator.write", "operator.approvals"], []],
    [["operator.approvals"], ["operator.approvals"], ["operator.write"]],
    [[], [], ["operator.write", "operator.approvals"]],
  ])("of %j adds %j and withholds %j", (chosen, added, declined) => {
    expect(outcomeOf(scopes, chosen)).toEqual({ added, declined, restored: [], dangerous: [] })
  })

  it("withholds nothing that lies within what was chosen", () => {
    const fresh = ask(["operator.read", "operator.write"], null)
    expect(outcomeOf(fresh.scopes, ["operator.write"])).toMatchObject({ added: ["operator.write"], declined: [] })
    expect(outcomeOf(fresh.scopes, ["operator.read"])).toMatchObject({
      added: ["operator.read"],
      declined: ["operator.write"],
    })
  })

  const admin: Scopes = ["operator.read", "operator.admin"]
  const pairing: Scopes = ["operator.read", "operator.pairing"]
  it.each<[string, Scopes, Partial<Device["tokens"]>, Scopes, Scopes, Scopes]>([
    ["revoked", admin, { operator: token({ scopes: admin, revokedAtMs: 1 }) }, admin, admin, ["operator.admin"]],
    ["missing", ["operator.read"], {}, ["operator.read"], ["operator.read"], []],
    [
      "narrowed",
      pairing,
      { operator: token({ scopes: ["operator.read"] }) },
      [...pairing, "operator.talk"],
      ["operator.pairing"],
      ["operator.pairing"],
    ],
    ["wide enough", admin, { operator: token({ scopes: ["operator.admin"] }) }, ["operator.pairing"], [], []],
  ])(
    "of nothing, where the token is %s, gives back what is approved",
    (_, approvedScopes, tokens, asked, restored, dangerous) => {
      const { scopes } = ask(asked, device({ approvedScopes, tokens }))
      expect(outcomeOf(scopes, [])).toMatchObject({ added: [], restored, dangerous })
    },
  )

  it("marks what is dangerous, be it new or given back", () => {
    const narrowed = device({ approvedScopes: pairing, tokens: { operator: token({ scopes: ["operator.read"] }) } })
    const { scopes } = ask([...pairing, "operator.admin"], narrowed)
    expect(outcomeOf(scopes, ["operator.admin"]).dangerous).toEqual(["operator.admin", "operator.pairing"])
  })
})

describe("an approval", () => {
  it.each<[PairingReason, Role, boolean, Scopes, boolean]>([
    ["not-paired", "operator", false, [], false],
    ["scope-upgrade", "operator", false, [], false],
    ["scope-upgrade", "node", false, [], false],
    ["metadata-upgrade", "node", false, [], false],
    ["not-paired", "node", false, [], true],
    ["not-paired", "operator", true, [], true],
    ["not-paired", "operator", false, ["operator.pairing"], true],
    ["scope-upgrade", "operator", false, ["operator.admin"], true],
    ["metadata-upgrade", "operator", false, ["operator.admin"], true],
    ["role-upgrade", "operator", false, [], true],
    ["role-upgrade", "node", false, [], true],
  ])(
    "for %s as %s, in place of another key: %j, with dangerous %j: confirmed %j",
    (reason, role, replacesKey, dangerous, wanted) => {
      expect(needsConfirmation({ reason, role, replacesKey, dangerous })).toBe(wanted)
    },
  )
})
