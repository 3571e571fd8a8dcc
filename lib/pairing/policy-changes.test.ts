import { expect, it } from "vitest"
import { hardenedPolicy, seedPolicy } from "./policy"
import { policyChanges, policyOptions } from "./policy-changes"
import type { Policy } from "./types"

it("finds no change between a policy and itself", () => {
  expect(policyChanges(seedPolicy, { ...seedPolicy })).toEqual([])
})

it("knows every option there is", () => {
  expect([...policyOptions].sort()).toEqual(Object.keys(seedPolicy).sort())
})

it("sees the preset hardened as tighter than seed in everything it changes, and the way back as opening", () => {
  const tighter = policyChanges(seedPolicy, hardenedPolicy)
  expect(tighter.map((change) => change.option)).toEqual([
    "localScopeUpgrade",
    "tsNetHostIsLocal",
    "localCliWithoutDevice",
    "browserScopeUpgrade",
    "roleUpgradeApproval",
  ])
  expect(tighter.every((change) => change.effect === "tightens")).toBe(true)
  expect(policyChanges(hardenedPolicy, seedPolicy).every((change) => change.effect === "opens")).toBe(true)
})

const capOf = (...scopes: string[]): Partial<Policy> => ({ silentScopeCeiling: scopes })
const proxy = (enabled: boolean, ...scopes: string[]): Partial<Policy> => ({ trustedProxyUpgrade: { enabled, scopes } })

it.each<[string, Partial<Policy>, Partial<Policy>, string | null]>([
  ["a cap where there was none", {}, capOf("operator.read"), "tightens"],
  ["the cap taken away", capOf("operator.admin"), {}, "opens"],
  ["a cap raised from read to write, which covers read", capOf("operator.read"), capOf("operator.write"), "opens"],
  ["a cap that gains and loses", capOf("operator.read"), capOf("operator.pairing"), "neither"],
  ["a cap written in another order", capOf("operator.read", "x"), capOf("x", "operator.read"), null],
  ["an empty cap where there was none", {}, capOf(), "tightens"],
  ["a range added", {}, { nodeAutoApproveCidrs: ["10.0.0.0/8"] }, "opens"],
  ["a range replaced", { nodeAutoApproveCidrs: ["10.0.0.0/8"] }, { nodeAutoApproveCidrs: ["10.1.0.0/16"] }, "neither"],
  ["the identity proxy switched on", proxy(false), proxy(true, "operator.read"), "opens"],
  ["its cap lowered", proxy(true, "operator.write"), proxy(true, "operator.read"), "tightens"],
  ["its cap raised while it is off", proxy(false, "operator.read"), proxy(false, "operator.admin"), "neither"],
  ["a longer hold", {}, { rejectHoldMs: 1 }, "neither"],
  [
    "device tokens in the silent lane",
    {},
    { silentAuthKinds: [...seedPolicy.silentAuthKinds, "device-token"] },
    "opens",
  ],
])("%s", (_case, before, after, effect) => {
  const changes = policyChanges({ ...seedPolicy, ...before }, { ...seedPolicy, ...after })
  expect(changes.map((change) => change.effect)).toEqual(effect === null ? [] : [effect])
})
