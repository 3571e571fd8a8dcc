import { expect, it } from "vitest"
import { approveLabel } from "./approve-label"

const scope = (name: string) => `operator.${name}`
type Case = [Parameters<typeof approveLabel>[0]["reason"], string[], string[], string]

it.each<Case>([
  ["scope-upgrade", ["approvals"], [], "Approve approvals"],
  ["scope-upgrade", ["approvals"], ["admin"], "Approve approvals, not admin"],
  ["scope-upgrade", ["a", "b", "c", "d"], ["admin"], "Approve 4 scopes, not admin"],
  ["scope-upgrade", [], ["admin"], "Let in without admin"],
  ["scope-upgrade", [], ["a", "b", "c", "d"], "Let in without 4 scopes"],
  ["not-paired", ["read", "write"], [], "Approve as operator with read, write"],
  ["not-paired", ["read"], ["admin"], "Approve as operator with read, not admin"],
  ["not-paired", [], ["admin"], "Approve as operator without scopes"],
  ["not-paired", [], [], "Approve as operator"],
  ["role-upgrade", ["read"], [], "Approve as operator with read"],
  ["metadata-upgrade", [], [], "Approve the change"],
  ["metadata-upgrade", ["talk"], ["admin"], "Approve the change and talk, not admin"],
])("a %s granting %j and not %j reads as %4$s", (reason, added, declined, text) => {
  expect(approveLabel({ reason, role: "operator", added: added.map(scope), declined: declined.map(scope) })).toBe(text)
})

it("names a node as a node", () => {
  expect(approveLabel({ reason: "not-paired", role: "node", added: [], declined: [] })).toBe("Approve as node")
})
