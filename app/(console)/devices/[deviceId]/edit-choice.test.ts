import { describe, expect, it } from "vitest"
import type { RoleView, TokenView } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"
import { type Choice, editLabel, effectOf, optionsOf, startOf, tickApproved } from "./edit-choice"

const [read, write, admin, talk] = ["operator.read", "operator.write", "operator.admin", "operator.talk"]

const token = (scopes: Scopes, standing: TokenView["standing"] = "picked-up"): TokenView => ({
  ...{
    idPrefix: "abc",
    standing,
    scopes,
    narrowedAway: [],
    createdAtMs: 0,
    issuedAtMs: 0,
    issuedHow: "",
    issuedBy: "",
  },
  ...{ deliveredAtMs: 0, usedAtMs: 0, lastUsedAtMs: null, revoked: null, predecessors: [] },
})
const role = (ceiling: Scopes, held: TokenView | null = token(ceiling)): RoleView => ({
  ...{ role: "operator", ceiling, token: held, scopes: [], ending: [], endedAtMs: null },
})
const pick = (approved: Scopes, held: Scopes = approved, release: Scopes = []): Choice => ({
  ...{ approved, token: held, release },
})

describe("what ticks come to", () => {
  it.each<[string, RoleView, Choice, string, Scopes | undefined, boolean, Scopes]>([
    ["nothing", role([read, write]), pick([read, write]), "Save", [read, write], false, []],
    ["lowering", role([read, talk]), pick([read]), "Lower", [read], true, []],
    ["lowering what no token holds", role([read, talk], token([read])), pick([read]), "Lower", [read], false, []],
    ["narrowing the token", role([read, talk]), pick([read, talk], [read]), "Rotate", [read], true, []],
    ["approving", role([read]), pick([read, talk]), "Approve", [read, talk], true, []],
    ["approving for later", role([read]), pick([read, talk], [read]), "Approve and rotate", [read], true, []],
    ["approving what is dangerous", role([read]), pick([read, admin]), "Approve", [read, admin], true, [admin]],
    [
      "putting back what is dangerous",
      role([admin], token([read])),
      pick([admin], [admin]),
      "Rotate",
      [admin],
      true,
      [admin],
    ],
    [
      "a wider one for one within it",
      role([read, talk]),
      pick([talk, admin], [read, talk, admin]),
      "Approve",
      [talk, admin],
      true,
      [admin],
    ],
    ["a part of a wide one", role([admin]), pick([read], [admin, read]), "Lower", [read], true, []],
    ["a release", role([read]), pick([read], [read], [write]), "Release", [read], false, []],
    [
      "lowering what was revoked",
      role([read, talk], token([], "revoked")),
      pick([read], []),
      "Lower",
      undefined,
      false,
      [],
    ],
  ])("%s", (_case, of, choice, label, after, closes, dangerous) => {
    const effect = effectOf(of, choice)
    expect(editLabel(effect, choice.release)).toBe(label)
    expect(effect).toMatchObject({ closes, dangerous, isNothing: label === "Save" })
    expect(effect.token?.after).toEqual(after)
  })

  it("put into the token what is newly approved, and begin with what an advice says", () => {
    expect(tickApproved(pick([read], [read], [write]), write, true)).toEqual(pick([read, write]))
    expect(startOf(role([admin]), [read])).toEqual(pick([read]))
    expect(startOf(role([read], token([], "revoked")), null)).toEqual(pick([read], []))
  })

  it("offer every known scope to an operator, and to a node what it has", () => {
    expect(optionsOf(role([]), ["operator.x"])).toEqual(expect.arrayContaining([read, admin, "operator.x"]))
    expect(optionsOf({ ...role([]), role: "node" }, ["node.exec"])).toEqual(["node.exec"])
  })
})
