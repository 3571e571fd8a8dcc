import { describe, expect, it } from "vitest"
import type { AuditRow } from "@/lib/console/types"
import { actionNames, auditText } from "./audit-words"

function row(changes: Partial<AuditRow> = {}): AuditRow {
  const action = changes.action ?? "device.renamed"
  return {
    id: "e1",
    atMs: 0,
    action,
    actionName: action,
    actor: { kind: "admin", name: "Mara", id: "a1" },
    device: { id: "0123456789abcdef", name: "Ops laptop", exists: true },
    subject: null,
    before: null,
    after: null,
    note: null,
    seal: null,
    ...changes,
  }
}

const actions = Object.keys(actionNames).filter((name): name is keyof typeof actionNames => name in actionNames)
const rule = { kind: "rule", name: "local", id: null } as const
const granted = { role: "operator", granted: ["operator.read", "operator.write"] }

describe("auditText", () => {
  it.each<[string, Partial<AuditRow>]>([
    [
      "Mara approved Ops laptop as operator with operator.read and operator.write.",
      { action: "request.approved", after: granted },
    ],
    [
      "Mara approved Ops laptop as operator with operator.read, not operator.admin.",
      {
        action: "request.approved",
        after: { role: "operator", granted: ["operator.read"], declined: ["operator.admin"] },
      },
    ],
    [
      "The rule for this machine let Ops laptop in silently, as operator with operator.read and operator.write.",
      { action: "device.approved-silently", actor: rule, after: granted },
    ],
    [
      "Ops laptop asked to come in as node with no scopes.",
      { action: "request.filed", after: { role: "node", scopes: [] } },
    ],
    [
      "Mara rotated the node token of Ops laptop, on pickup.",
      { action: "token.rotated", after: { role: "node", mode: "on-pickup" } },
    ],
    [
      "cli, over the wire, revoked the operator token of device 01234567.",
      {
        action: "token.revoked",
        actor: { kind: "wire", name: "cli", id: null },
        after: { role: "operator" },
        device: { id: "0123456789abcdef", name: "", exists: false },
      },
    ],
    [
      "Mara undid the approval of Ops laptop as operator: that token is revoked.",
      { action: "token.revoked", after: { role: "operator", undoes: "r1" } },
    ],
    [
      "Mara undid an approval of Ops laptop: operator.read and operator.talk taken back.",
      { action: "device.ceiling-lowered", after: { removed: ["operator.read", "operator.talk"], undoes: "r1" } },
    ],
    [
      "Mara put off the end of operator.read and operator of Ops laptop until 2026-11-25T13:20:14.547Z.",
      {
        action: "device.grant-extended",
        after: { extended: ["operator.read", "operator"], untilMs: Date.UTC(2026, 10, 25, 13, 20, 14, 547) },
      },
    ],
    [
      "Mara made operator.read of Ops laptop last for good.",
      { action: "device.grant-extended", after: { extended: ["operator.read"], untilMs: null } },
    ],
    ["Mara changed the password of Jonas.", { action: "admin.password-changed", subject: "Jonas" }],
    ["Mara changed their password.", { action: "admin.password-changed", subject: "Mara" }],
    ["Mara: device.teleported.", { action: null, actionName: "device.teleported" }],
  ])("%s", (sentence, changes) => {
    expect(auditText({ ...row(changes), ...changes })).toBe(sentence)
  })

  it.each(actions)("has a whole sentence and a name for %s, whatever the entry leaves out", (action) => {
    expect(auditText(row({ action, device: null }))).toMatch(/^\S.*\S\.$/)
    expect(auditText(row({ action }))).not.toMatch(/undefined|null|NaN|\s{2}|\[object/)
    expect(actionNames[action]).toMatch(/^[A-Z]/)
  })

  it("takes out what a name hides", () => {
    const device = { id: "0123456789abcdef", name: "Ops\u202E laptop", exists: true }
    expect(auditText(row({ device }))).toBe("Mara renamed Ops laptop.")
  })
})
