import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { approve } from "./approve"
import { consoleAuthority } from "./authority"
import { bulkTotal, inBulk, type LeftOut, leftOutOfRejection, type Selected } from "./bulk"
import { decideConnect } from "./decide-connect"
import { differenceOf, needsConfirmation } from "./difference"
import { leftOutSentences } from "./explain"
import { operatorScope, role } from "./testing/arbitraries"
import { device, facts, policy, record, token } from "./testing/facts"
import type { Device, PairingReason, Scopes } from "./types"

const differences = (scopes: Scopes, paired: Device | null = null) =>
  differenceOf(
    record({ device: paired }),
    { publicKey: "key-1", role: "operator", scopes },
    { legacyRecords: "baseline" },
  ).scopes

const plain: Selected = {
  ...{ reason: "not-paired", role: "operator", scopes: differences(["operator.read", "operator.write"]) },
  ...{ replacesKey: false, isRoleRevoked: false, hasNewCommands: false, isReplacement: false },
  ...{ haveRightsChanged: false, saysOtherwise: false, isWarned: false },
}

describe("a request that is decided along with others", () => {
  it("gets what is ticked first where it is decided alone", () => {
    const paired = device({ withheld: ["operator.talk"] })
    const scopes = differences(["operator.read", "operator.talk", "operator.approvals"], paired)
    expect(inBulk({ ...plain, reason: "scope-upgrade", scopes })).toEqual({
      grant: ["operator.approvals"],
      outcome: { added: ["operator.approvals"], restored: [], declined: ["operator.talk"], dangerous: [] },
      leftOut: [],
    })
  })

  it.each<[Partial<Selected>, readonly LeftOut[], readonly LeftOut[]]>([
    [{}, [], []],
    [{ reason: "scope-upgrade" }, [], []],
    [{ scopes: differences(["operator.read", "operator.admin"]) }, ["dangerous"], []],
    [{ scopes: differences(["operator.pairing"]) }, ["dangerous"], []],
    [{ reason: "role-upgrade" }, ["role-upgrade"], []],
    [{ isRoleRevoked: true }, ["role-revoked"], []],
    [{ role: "node", scopes: [] }, ["new-node"], []],
    [{ hasNewCommands: true }, ["new-commands"], []],
    [{ reason: "metadata-upgrade" }, ["metadata-upgrade"], []],
    [{ replacesKey: true }, ["other-key"], []],
    [{ isReplacement: true }, ["replaced"], ["replaced"]],
    [{ haveRightsChanged: true }, ["rights-changed"], []],
    [{ saysOtherwise: true }, ["says-otherwise"], ["says-otherwise"]],
    [{ isWarned: true }, ["warned"], []],
    [
      { isWarned: true, isReplacement: true, scopes: differences(["operator.admin"]) },
      ["replaced", "dangerous", "warned"],
      ["replaced"],
    ],
  ])("with %j is left out for %j, and of a rejection for %j", (over, leftOut, ofRejection) => {
    const found = inBulk({ ...plain, ...over }).leftOut
    expect(found).toEqual(leftOut)
    expect(leftOutOfRejection(found)).toEqual(ofRejection)
  })

  it("is left out for a dangerous scope that an approval only gives back", () => {
    const paired = device({
      approvedScopes: ["operator.admin"],
      tokens: { operator: token({ scopes: ["operator.read"] }) },
    })
    const scopes = differences(["operator.admin"], paired)
    expect(inBulk({ ...plain, reason: "scope-upgrade", scopes }).leftOut).toEqual(["dangerous"])
  })

  it("has a sentence for each reason to leave one out", () => {
    for (const sentence of Object.values(leftOutSentences)) expect(sentence).toMatch(/^[A-Z].+\.$/)
  })

  it("is never one that is asked about twice alone, nor one that changed, nor one with something to mind", () => {
    const reason = fc.constantFrom<PairingReason>("not-paired", "scope-upgrade", "role-upgrade", "metadata-upgrade")
    const scopes = fc.uniqueArray(operatorScope)
    const flags = fc.record({
      ...{ replacesKey: fc.boolean(), isRoleRevoked: fc.boolean(), hasNewCommands: fc.boolean() },
      ...{ isReplacement: fc.boolean(), haveRightsChanged: fc.boolean(), saysOtherwise: fc.boolean() },
      isWarned: fc.boolean(),
    })
    fc.assert(
      fc.property(reason, role, scopes, scopes, scopes, flags, (why, as, asked, approvedScopes, withheld, over) => {
        const rows = differences(asked, device({ approvedScopes, withheld }))
        const { grant, outcome, leftOut } = inBulk({ reason: why, role: as, scopes: rows, ...over })
        expect(asked).toEqual(expect.arrayContaining([...grant]))
        const { dangerous } = outcome
        const isGrave = needsConfirmation({ reason: why, role: as, replacesKey: over.replacesKey, dangerous })
        const isOdd = over.isReplacement || over.haveRightsChanged || over.saysOtherwise || over.isWarned
        if (isGrave || isOdd) expect(leftOut).not.toEqual([])
      }),
    )
  })
})

describe("the rule of approving", () => {
  const approval = (scopes: Scopes, isConfirmed?: boolean) => {
    const decision = decideConnect(facts({ scopes }), record({ device: null }), policy())
    if (decision.kind !== "pending") throw new Error(decision.kind)
    const by = { authority: consoleAuthority, from: "console", policy: policy(), nowMs: 10_001 } as const
    return approve(decision.next, { ...by, requestId: "fresh-request", freshTokenId: "t", isConfirmed })
  }

  it.each([
    [["operator.admin"], false, { ok: false, because: "not-confirmed" }],
    [["operator.pairing"], false, { ok: false, because: "not-confirmed" }],
    [["operator.admin"], true, { ok: true }],
    [["operator.admin"], undefined, { ok: true }],
    [["operator.read"], false, { ok: true }],
  ])("for %j, confirmed by itself: %s, answers %j", (scopes, isConfirmed, answer) => {
    expect(approval(scopes, isConfirmed)).toMatchObject(answer)
  })
})

describe("several requests together", () => {
  const one = (deviceId: string, added: Scopes, restored: Scopes = []) => ({ deviceId, outcome: { added, restored } })

  it.each([
    [[], 0, null],
    [[one("a", []), one("b", [])], 2, null],
    [[one("a", ["operator.read"]), one("a", ["operator.write"])], 1, "operator.write"],
    [[one("a", ["operator.read"]), one("b", [], ["operator.admin"])], 2, "operator.admin"],
  ])("%j are of %s devices, the widest grant %s", (requests, devices, widest) => {
    expect(bulkTotal(requests)).toEqual({ devices, widest })
  })
})
