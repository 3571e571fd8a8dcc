/**
 * Everything an audit entry can be about: the noun, a dot, what happened to it. A closed list, so that an action
 * without a sentence for people is a compiler error (components/audit-sentence.tsx).
 */
export const auditActions = [
  "request.filed",
  "request.superseded",
  "request.expired",
  "request.dropped",
  "request.approved",
  "request.rejected",
  "request.reopened",
  "device.approved-silently",
  "device.blocked",
  "device.unblocked",
  "device.removed",
  "device.imported",
  "devices.exported",
  "device.renamed",
  "device.note-changed",
  "device.tagged",
  "device.ceiling-lowered",
  "device.ceiling-raised",
  "device.withheld-released",
  "device.silent-taken-back",
  "device.grant-ended",
  "device.grant-extended",
  "device.metadata-changed",
  "token.issued",
  "token.rotated",
  "token.picked-up",
  "token.revoked",
  "session.disconnected",
  "connect.local-command-line",
  "policy.changed",
  "settings.changed",
  "templates.changed",
  "shared-secret.shown",
  "shared-secret.rotated",
  "upstream.changed",
  "upstream.removed",
  "node.key-made",
  "node.approved-upstream",
  "node.removed-upstream",
  "admin.created",
  "admin.role-changed",
  "admin.disabled",
  "admin.enabled",
  "admin.password-changed",
  "admin.link-made",
  "admin.link-used",
  "admin.sessions-ended",
  "admin.signed-in",
  "admin.signed-out",
  "admin.sign-in-locked",
] as const

export type AuditAction = (typeof auditActions)[number]

/**
 * What undoing an approval is counted and listed as. Its entry has the action of what it did, a revoked token or a lowered ceiling,
 * and names in `undoes` the request that had been approved.
 */
export const undoneApproval = "approval.undone"

/** The actions that the entry of an undone approval can have. */
export const undoingActions = ["token.revoked", "device.ceiling-lowered"] as const satisfies readonly AuditAction[]

/** Whether a text from outside (a filter in a URL, a row of an older version) names an action. */
export function isAuditAction(text: string): text is AuditAction {
  return (auditActions as readonly string[]).includes(text)
}

/**
 * One side of an entry: the values that matter for this action, flat, so that the page can set before and after
 * side by side. Lists (scopes, roles) stay lists; instants are milliseconds in keys that end in `AtMs` or `UntilMs`.
 */
export type AuditSide = Readonly<Record<string, string | number | boolean | null | readonly string[]>>
