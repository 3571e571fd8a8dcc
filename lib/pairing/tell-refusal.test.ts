import { describe, expect, it } from "vitest"
import { type Told, tellRefusal, tellRefusedApproval } from "./tell-refusal"
import type { Authority, Refused, Role } from "./types"

const shared: Authority = { scopes: ["operator.pairing"], deviceId: null }
const own: Authority = { scopes: ["operator.pairing"], deviceId: "dev-1" }
const admin: Authority = { scopes: ["operator.admin"], deviceId: null }
const adminDevice: Authority = { scopes: ["operator.admin"], deviceId: "dev-1" }
const refused = (because: Refused["because"], missing?: readonly string[]): Refused =>
  missing === undefined ? { ok: false, because } : { ok: false, because, missing }

describe("what a caller is told of a refusal", () => {
  it.each<[string, Authority, Refused["because"], Told["kind"]]>([
    ["the shared secret", shared, "unknown-device-or-role", "unknown"],
    ["the shared secret", shared, "already-resolved", "unknown"],
    ["the shared secret", shared, "not-found", "unknown"],
    ["the shared secret", shared, "caller-missing-scope", "denied"],
    ["the shared secret", shared, "caller-rights-ended", "denied"],
    ["an admin device", adminDevice, "not-found", "unknown"],
    ["a device", own, "unknown-device-or-role", "denied"],
    ["a device", own, "not-found", "denied"],
    ["a device", own, "not-own-device", "denied"],
  ])("a session of %s (%#): %s", (_who, caller, because, kind) => {
    expect(tellRefusal(caller, refused(because))).toEqual({ kind })
  })
})

describe("what an approver is told of a refusal", () => {
  const lacking = refused("approver-missing-scope", ["operator.write", "operator.x"])
  it.each<[string, Authority, Refused, Role | null, Told]>([
    ["an admin, of nothing", admin, refused("not-found"), null, { kind: "unknown" }],
    ["an admin device, too late", adminDevice, refused("already-resolved"), "operator", { kind: "unknown" }],
    ["the shared secret, of nothing", shared, refused("not-found"), null, { kind: "denied" }],
    ["a device, of nothing", own, refused("not-found"), null, { kind: "denied" }],
    ["one that lacks a scope", shared, lacking, "operator", { kind: "missing-scope", scope: "operator.write" }],
    ["one that lacks it for a node", shared, lacking, "node", { kind: "denied" }],
    [
      "one whose role is kept in the console",
      shared,
      refused("approver-missing-scope", []),
      "operator",
      { kind: "denied" },
    ],
    ["one that asks for itself", own, refused("own-role-upgrade"), "operator", { kind: "denied" }],
    ["one whose rights ended", admin, refused("caller-rights-ended"), "operator", { kind: "denied" }],
  ])("%s", (_who, caller, because, role, told) => {
    expect(tellRefusedApproval(caller, because, role)).toEqual(told)
  })
})
