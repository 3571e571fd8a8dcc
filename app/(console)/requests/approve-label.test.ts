import { expect, it } from "vitest"
import { approveLabel } from "./approve-label"

const scope = (name: string) => `operator.${name}`
type Reason = Parameters<typeof approveLabel>[0]["reason"]
const labelOf = (reason: Reason, added: string[], declined: string[], restored: string[] = []) =>
  approveLabel({
    reason,
    role: "operator",
    added: added.map(scope),
    declined: declined.map(scope),
    restored: restored.map(scope),
  })

it.each<[Reason, string[], string[], string]>([
  ["scope-upgrade", ["approvals"], [], "Approve approvals"],
  ["scope-upgrade", ["approvals"], ["admin"], "Approve approvals, not admin"],
  ["scope-upgrade", ["a", "b", "c", "d"], ["admin"], "Approve 4 scopes, not admin"],
  ["scope-upgrade", ["a", "b", "c", "admin"], [], "Approve admin and 3 more scopes"],
  ["scope-upgrade", ["a", "b", "pairing", "admin"], [], "Approve pairing, admin and 2 more scopes"],
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
  expect(labelOf(reason, added, declined)).toBe(text)
})

it.each<[Reason, string[], string[], string[], string]>([
  ["role-upgrade", [], [], ["read", "admin"], "Approve as operator, back: read, admin"],
  ["role-upgrade", ["talk"], ["approvals"], ["read"], "Approve as operator with talk, not approvals, back: read"],
  ["role-upgrade", [], ["talk"], ["read"], "Approve as operator, not talk, back: read"],
  ["scope-upgrade", ["talk"], [], ["pairing"], "Approve talk, back: pairing"],
  ["scope-upgrade", [], ["talk"], ["pairing"], "Let in without talk, back: pairing"],
  ["scope-upgrade", ["talk"], [], ["a", "b", "c", "d", "admin"], "Approve talk, back: admin and 4 more scopes"],
  ["metadata-upgrade", [], [], ["read"], "Approve the change, back: read"],
])(
  "a %s granting %j and not %j, with %j back in the token, reads as %5$s",
  (reason, added, declined, restored, text) => {
    expect(labelOf(reason, added, declined, restored)).toBe(text)
  },
)

it.each<[Reason, string[], string[], string]>([
  ["not-paired", ["read"], [], "Approve as operator with read for 8 hours"],
  ["not-paired", ["read"], ["admin"], "Approve as operator with read for 8 hours, not admin"],
  ["role-upgrade", [], [], "Approve as operator for 8 hours"],
  ["scope-upgrade", ["talk"], ["admin"], "Approve talk for 8 hours, not admin"],
  ["scope-upgrade", [], ["admin"], "Let in without admin"],
  ["metadata-upgrade", ["talk"], [], "Approve the change and talk for 8 hours"],
  ["metadata-upgrade", [], [], "Approve the change"],
])("a %s granting %j and not %j for a time reads as %4$s", (reason, added, declined, text) => {
  const time = " for 8 hours"
  const outcome = { added: added.map(scope), declined: declined.map(scope), restored: [] }
  expect(approveLabel({ reason, role: "operator", time, ...outcome })).toBe(text)
})

it("names a node as a node", () => {
  const none = { added: [], declined: [], restored: [] }
  expect(approveLabel({ reason: "not-paired", role: "node", ...none })).toBe("Approve as node")
})
