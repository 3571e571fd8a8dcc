import { describe, expect, it } from "vitest"
import type { TokenView } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"
import { type Compared, compareRights } from "./compare-rights"

const [read, write, admin, talk] = ["operator.read", "operator.write", "operator.admin", "operator.talk"]

function holding(ceiling: Scopes, scopes: Scopes = ceiling, withheld: Scopes = []): Compared {
  const token: TokenView = {
    ...{ idPrefix: "abc", standing: "picked-up", scopes, narrowedAway: [], createdAtMs: 0, issuedAtMs: 0 },
    ...{ issuedHow: "", issuedBy: "", deliveredAtMs: 0, usedAtMs: 0, lastUsedAtMs: null, revoked: null },
    predecessors: [],
  }
  const rows = [...new Set([...ceiling, ...scopes, ...withheld])].map((scope) => ({
    ...{ scope, inToken: scopes.includes(scope), impliedByToken: false, isApproved: ceiling.includes(scope) },
    ...{ isSilent: false, isWithheld: withheld.includes(scope), approved: null, withheld: null, left: null },
    untilMs: null,
  }))
  return { paired: { roles: [{ role: "operator", ceiling, token, scopes: rows, ending: [], endedAtMs: null }] } }
}

describe("the rights of two devices", () => {
  it.each<[string, Compared, Compared, Scopes]>([
    ["the same by name", holding([read]), holding([read]), []],
    ["one by name, the other within a wider one", holding([admin]), holding([admin, read, talk]), []],
    ["a wider one that only one has", holding([admin]), holding([read, talk]), [admin]],
    ["read within write and by itself", holding([write]), holding([write, read]), []],
    ["approved by both, in one token", holding([read, talk]), holding([read, talk], [read]), [talk]],
    ["kept from one", holding([read], [read], [talk]), holding([read]), [talk]],
    ["held by one", holding([read]), holding([read, talk]), [talk]],
  ])("differ where they may do different things: %s", (_case, first, second, differing) => {
    const rows = compareRights(first, second)
    expect(rows.filter(({ differs }) => differs).map(({ scope }) => scope)).toEqual(differing)
  })
})
