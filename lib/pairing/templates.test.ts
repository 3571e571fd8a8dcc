import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { differenceOf } from "./difference"
import { covers } from "./scopes"
import { chosenBy, defaultTemplates, type GrantTemplate, templateOf, templateProblems, widestOf } from "./templates"
import { operatorScope } from "./testing/arbitraries"
import { device, record } from "./testing/facts"
import type { Device, Scopes } from "./types"

const differences = (scopes: Scopes, paired: Device | null = null) =>
  differenceOf(
    record({ device: paired }),
    { publicKey: "key-1", role: "operator", scopes },
    { legacyRecords: "baseline" },
  ).scopes
const template = (over: Partial<GrantTemplate> = {}): GrantTemplate => ({
  ...{ templateId: "t", name: "T", role: "operator", scopes: ["operator.read"], forMs: null, ...over },
})
const byName = (name: string) => defaultTemplates.find((one) => one.name === name) ?? template()

describe("a template", () => {
  it.each<[string, Scopes, Scopes]>([
    ["Viewer", ["operator.read", "operator.write"], ["operator.read"]],
    ["Operator", ["operator.read", "operator.write", "operator.admin"], ["operator.read", "operator.write"]],
    ["Full", ["operator.read", "operator.admin"], ["operator.read", "operator.admin"]],
    ["Full", ["operator.read"], ["operator.read"]],
    ["Viewer", ["operator.admin"], []],
  ])("%s of %j chooses %j", (name, asked, chosen) => {
    expect(chosenBy(byName(name), differences(asked))).toEqual(chosen)
  })

  it("leaves out what is approved already, and what a person declined before", () => {
    const paired = device({ withheld: ["operator.talk"] })
    const asked = ["operator.read", "operator.talk", "operator.approvals"]
    expect(chosenBy(byName("Full"), differences(asked, paired))).toEqual(["operator.approvals"])
  })

  it("never chooses more than was asked, nor more than it covers", () => {
    const scopes = fc.uniqueArray(operatorScope)
    fc.assert(
      fc.property(scopes, scopes, scopes, scopes, (own, asked, approvedScopes, withheld) => {
        const chosen = chosenBy(template({ scopes: own }), differences(asked, device({ approvedScopes, withheld })))
        expect(asked).toEqual(expect.arrayContaining([...chosen]))
        expect(covers(own, chosen)).toBe(true)
      }),
    )
  })

  it.each<[Scopes, string | null]>([
    [["operator.read", "operator.write"], "operator.write"],
    [["operator.write", "operator.pairing"], "operator.pairing"],
    [["operator.pairing", "operator.admin"], "operator.admin"],
    [["node.exec"], "node.exec"],
    [[], null],
  ])("of %j shows %s as the widest", (scopes, widest) => {
    expect(widestOf(scopes)).toBe(widest)
  })
})

describe("what is ticked", () => {
  const three = defaultTemplates.filter(({ role, forMs }) => role === "operator" && forMs === null)

  it.each<[Scopes, Scopes, string | null, string | null]>([
    [["operator.read"], ["operator.read"], null, "viewer"],
    [["operator.read"], ["operator.read"], "full", "full"],
    [["operator.approvals"], ["operator.approvals"], null, "operator"],
    [["operator.read", "operator.admin"], ["operator.read", "operator.admin"], null, "full"],
    [["operator.read", "operator.admin"], ["operator.read"], "full", "viewer"],
    [["operator.read", "operator.write"], ["operator.write"], null, null],
    [["operator.approvals"], [], null, null],
    [["operator.approvals"], [], "viewer", "viewer"],
    [[], [], null, null],
  ])("of %j is %j: after pressing %s that is %s", (scopes, chosen, pressedId, templateId) => {
    const asked = differences(scopes)
    expect(templateOf(three, { asked, chosen, pressedId })?.templateId ?? null).toBe(templateId)
  })

  it("is a template without scopes where a node asks for none", () => {
    const nodes = [byName("Node")]
    expect(templateOf(nodes, { asked: [], chosen: [], pressedId: null })).toBe(nodes[0])
  })
})

describe("the templates of an owner", () => {
  it("are as they come without a problem", () => expect(templateProblems(defaultTemplates)).toEqual([]))

  it.each<[Partial<GrantTemplate>, RegExp]>([
    [{ name: "  " }, /name/],
    [{ name: "x".repeat(41) }, /40 letters/],
    [{ scopes: ["operator.*"] }, /Not a scope of the role operator: operator\.\*/],
    [{ scopes: ["node.exec"] }, /Not a scope of the role operator/],
    [{ role: "node", scopes: ["operator.read"] }, /Not a scope of the role node/],
    [{ forMs: 0 }, /time/],
    [{ forMs: Number.NaN }, /time/],
  ])("with %j are not saved", (over, text) => {
    expect(templateProblems([template(over)])).toEqual([{ templateId: "t", text: expect.stringMatching(text) }])
  })

  it("have names and ids of their own, and are not too many", () => {
    expect(templateProblems([template(), template({ templateId: "u", name: " t" })])).toMatchObject([
      { templateId: "u" },
    ])
    expect(templateProblems([template(), template({ name: "U" })])).toMatchObject([{ text: "It is there twice." }])
    const many = Array.from({ length: 21 }, (_, index) => template({ templateId: `${index}`, name: `${index}` }))
    expect(templateProblems(many)).toMatchObject([{ templateId: "20" }])
  })
})
