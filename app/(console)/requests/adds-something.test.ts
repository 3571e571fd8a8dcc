import { describe, expect, it } from "vitest"
import type { ScopeDifference } from "@/lib/pairing/difference"
import { addsSomething, stillEnding } from "./adds-something"

const inForce = { paired: "same-key", heldRoles: ["operator"], role: "operator", isRoleRevoked: false } as const

function row(difference: Partial<ScopeDifference> = {}): ScopeDifference {
  return {
    ...{ scope: "operator.read", inToken: true, isApproved: true, heldWithin: null, untilMs: 50_000 },
    ...{ endedAtMs: null, bringsBack: [], isDangerous: false },
    ...difference,
  }
}

describe("what an approval leaves with the end that it has", () => {
  it("is what is approved for a time already, of a role in force", () => {
    expect(stillEnding(inForce, [row()])).toEqual([{ scope: "operator.read", untilMs: 50_000 }])
  })

  it.each([
    ["a scope that lasts", inForce, row({ untilMs: null })],
    ["a scope that it adds", inForce, row({ isApproved: false, untilMs: null, endedAtMs: 50_000 })],
    ["a role that comes back", { ...inForce, heldRoles: [], isRoleRevoked: true }, row()],
    ["a further role", { ...inForce, heldRoles: ["node"] }, row()],
    ["another key", { ...inForce, paired: "other-key" }, row()],
  ] as const)("is not %s", (_, request, scope) => {
    expect(stillEnding(request, [scope])).toEqual([])
  })
})

it("adds something where there is a scope or a role to add", () => {
  expect(addsSomething(inForce, { added: [] })).toBe(false)
  expect(addsSomething(inForce, { added: ["operator.talk"] })).toBe(true)
  expect(addsSomething({ ...inForce, isRoleRevoked: true }, { added: [] })).toBe(true)
})
