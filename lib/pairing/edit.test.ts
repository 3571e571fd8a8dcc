import { describe, expect, it } from "vitest"
import { consoleAuthority } from "./authority"
import { lowerCeiling } from "./ceiling"
import { type EditInput, editRights, planCeiling } from "./edit"
import { device, policy, record, token } from "./testing/facts"

const [read, write, admin, approvals, pairing] = [
  ...(["operator.read", "operator.write", "operator.admin", "operator.approvals", "operator.pairing"] as const),
]
const paired = record({
  device: device({
    approvedScopes: [write, approvals],
    withheld: [pairing],
    tokens: { operator: token({ scopes: [write, approvals] }) },
    revision: 7,
  }),
})
const input: EditInput = {
  ...{ role: "operator", approved: [write, approvals], token: [write, approvals], release: [] },
  ...{ mode: { kind: "on-pickup", graceMs: 1_000 }, shownRevision: 7, authority: consoleAuthority, policy: policy() },
  ...{ nowMs: 20_000, freshTokenIds: { raise: "raised", rotate: "rotated" } },
}
const edit = (over: Partial<EditInput>) => editRights(paired, { ...input, ...over })

describe("what lies between what is approved and what a person ticked", () => {
  it.each<[string, string[], string[], string[], string[], string[]]>([
    ["nothing", [read], [read], [], [], [read]],
    ["one more", [read], [read, approvals], [], [approvals], [read, approvals]],
    ["one less", [read, approvals], [read], [approvals], [], [read]],
    ["less within a wide one", [admin], [read], [admin], [], [read]],
    ["one for another", [approvals], [pairing], [approvals], [pairing], [pairing]],
    ["wider", [read], [read, write], [], [write], [read, write]],
    ["a name that another tick includes anyway", [admin], [admin, read], [], [], [admin]],
    ["a name less that another tick includes anyway", [admin, read], [admin], [], [], [admin, read]],
  ])("is %s", (_case, ceiling, wanted, taken, given, after) => {
    expect(planCeiling(ceiling, wanted)).toMatchObject({ taken, given, after, within: [] })
  })

  it.each<[string, string[], string[], string[], string[]]>([
    ["stays within a wider one that is given with it", [read, write, approvals], [read, approvals, admin], [], [write]],
    ["is gone beside one that stays", [write, "node.exec"], [admin], ["node.exec"], [write]],
    ["stays within the wider one of two", [read, approvals], [write], [approvals], [read]],
  ])("a name that is left out %s", (_case, ceiling, wanted, taken, within) => {
    expect(planCeiling(ceiling, wanted)).toMatchObject({ taken, within })
  })
})

describe("an edit of the rights of a role", () => {
  const kinds = (over: Partial<EditInput>) => {
    const result = edit(over)
    if (!result.ok) throw new Error(result.because)
    const operator = result.next.device?.tokens.operator
    return {
      steps: result.steps.map(({ kind }) => kind),
      approved: result.next.device?.approvedScopes,
      token: operator?.scopes,
      withheld: result.next.device?.withheld,
      tokenId: operator?.tokenId,
    }
  }

  it.each<[string, Partial<EditInput>, ReturnType<typeof kinds>]>([
    [
      "lowers what lasts, and the token with it",
      { approved: [write], token: [write] },
      { steps: ["lowered"], approved: [write], token: [write], withheld: [pairing, approvals], tokenId: "token-1" },
    ],
    [
      "narrows the token alone",
      { token: [write] },
      { steps: ["rotated"], approved: [write, approvals], token: [write], withheld: [pairing], tokenId: "rotated" },
    ],
    [
      "approves more, with its mark gone and the token with it",
      { approved: [write, approvals, pairing], token: [write, approvals, pairing] },
      {
        ...{ steps: ["raised"], approved: [write, approvals, pairing], token: [write, approvals, pairing] },
        ...{ withheld: [], tokenId: "raised" },
      },
    ],
    [
      "approves more for later, without putting it in the token",
      { approved: [write, approvals, pairing] },
      {
        ...{ steps: ["raised", "rotated"], approved: [write, approvals, pairing], token: [write, approvals] },
        ...{ withheld: [], tokenId: "rotated" },
      },
    ],
    [
      "takes a mark off",
      { release: [pairing] },
      {
        steps: ["released"],
        approved: [write, approvals],
        token: [write, approvals],
        withheld: [],
        tokenId: "token-1",
      },
    ],
    [
      "does all of it at once",
      { approved: [read, approvals, "operator.talk"], token: [read], release: [pairing] },
      {
        ...{ steps: ["lowered", "raised", "released", "rotated"], approved: [approvals, read, "operator.talk"] },
        ...{ token: [read], withheld: [write], tokenId: "rotated" },
      },
    ],
  ])("%s", (_case, over, result) => {
    expect(kinds(over)).toEqual(result)
  })

  it("takes out the name of what a wider one includes, which lasts as long as that and comes back by no rule", () => {
    const wider = edit({ approved: [approvals, admin], token: [write, approvals] })
    if (!wider.ok || wider.next.device === null) throw new Error("refused")
    expect(wider.next.device).toMatchObject({ approvedScopes: [approvals, admin], withheld: [] })
    expect(wider.next.device.tokens.operator?.scopes).toEqual([write, approvals])
    const lowered = lowerCeiling(wider.next, { remove: [admin], nowMs: 30_000 }, policy())
    expect(lowered.ok && lowered.next.device).toMatchObject({ approvedScopes: [approvals] })
    expect(lowered.ok && lowered.next.device?.withheld).toEqual(expect.arrayContaining([write, read, admin]))
  })

  it("keeps the last token that the device used good, through an approval and a rotation", () => {
    const result = edit({ approved: [write, approvals, pairing] })
    expect(result.ok && result.next.device?.tokens.operator?.predecessors).toMatchObject([{ tokenId: "token-1" }])
  })

  it.each<[string, Partial<EditInput>, string]>([
    ["nothing", {}, "nothing-to-change"],
    ["a scope that another tick includes", { approved: [write, approvals, read] }, "nothing-to-change"],
    ["rights that were not shown", { token: [read], shownRevision: 6 }, "rights-changed"],
    ["a role that it does not have", { role: "node" }, "unknown-device-or-role"],
    ["a token beyond what is approved", { token: [admin] }, "scope-outside-approved-baseline"],
    ["a pattern", { approved: [write, approvals, "operator.*"], token: null }, "malformed-scope"],
    [
      "more than the caller may give",
      { approved: [write, approvals, admin], authority: { scopes: [pairing, write, approvals], deviceId: null } },
      "approver-missing-scope",
    ],
  ])("is refused as a whole for %s", (_case, over, because) => {
    expect(edit(over)).toMatchObject({ ok: false, because })
  })
})
