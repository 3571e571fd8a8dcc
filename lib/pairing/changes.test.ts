import { describe, expect, it } from "vitest"
import { rightsChanges } from "./changes"
import { device, token } from "./testing/facts"

const held = device({ approvedScopes: ["operator.read"], withheld: ["operator.write"] })

describe("what changed between two states of a device", () => {
  it("tells each scope by what happened to it", () => {
    const after = device({
      ...{ approvedScopes: ["operator.write", "node.exec"], withheld: ["operator.read"] },
      tokens: { operator: token({ scopes: ["operator.write"] }) },
    })
    expect(rightsChanges(held, after)).toEqual([
      { role: "operator", scope: "operator.write", change: "approved" },
      { role: "node", scope: "node.exec", change: "approved" },
      { role: "operator", scope: "operator.read", change: "lowered" },
      { role: "operator", scope: "operator.write", change: "issued" },
      { role: "operator", scope: "operator.read", change: "narrowed" },
      { role: "operator", scope: "operator.read", change: "withheld" },
      { role: "operator", scope: "operator.write", change: "released" },
    ])
  })

  it("tells a revoked token from a narrowed one", () => {
    const revoked = device({ withheld: held.withheld, tokens: { operator: token({ revokedAtMs: 1 }) } })
    expect(rightsChanges(held, revoked)).toEqual([{ role: "operator", scope: "operator.read", change: "revoked" }])
  })

  it("tells what ended by itself from what was lowered, and what got another end", () => {
    const [read, write] = ["operator.read", "operator.write"] as const
    const boxed = device({ approvedScopes: [read, write], ends: { [read]: 5, [write]: 9 } })
    expect(rightsChanges(null, device({ approvedScopes: [write], ends: { [write]: 9 }, tokens: {} }))).toEqual([
      { role: "operator", scope: write, change: "approved", untilMs: 9 },
    ])
    expect(rightsChanges(boxed, { ...boxed, ends: { [write]: 12 } })).toEqual([
      { role: "operator", scope: read, change: "extended" },
      { role: "operator", scope: write, change: "extended", untilMs: 12 },
    ])
    expect(rightsChanges(boxed, { ...boxed, approvedScopes: [], ends: { [read]: 5 } })).toEqual([
      { role: "operator", scope: write, change: "lowered" },
      { role: "operator", scope: read, change: "ended" },
    ])
  })

  it("of another key begins anew, though the scopes are the same", () => {
    const names = rightsChanges(held, { ...held, publicKey: "key-2" }).map(({ change }) => change)
    expect(names).toEqual(["lowered", "narrowed", "released", "approved", "issued", "withheld"])
  })

  it("is nothing between equal states", () => expect(rightsChanges(held, { ...held })).toEqual([]))
})
