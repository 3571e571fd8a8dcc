import { neutralise } from "@/components/neutralise"
import type { AuditRow } from "@/lib/console/types"
import { ruleInWords } from "@/lib/pairing/explain-rule"

/** A piece of a sentence: plain words, or something that the page sets apart. */
export type Part =
  | string
  | { readonly kind: "actor"; readonly text: string }
  | { readonly kind: "device"; readonly text: string; readonly id: string; readonly exists: boolean }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "instant"; readonly atMs: number }

type KnownAction = NonNullable<AuditRow["action"]>
type Sentence = (row: AuditRow) => readonly Part[]

function say(words: TemplateStringsArray, ...parts: readonly (Part | readonly Part[])[]): readonly Part[] {
  return words.flatMap((word, index) => [word, ...[parts[index] ?? []].flat()]).filter((part) => part !== "")
}

/** Who did it, as the first words of a sentence. */
export function actorWords(actor: AuditRow["actor"]): string {
  const name = neutralise(actor.name)?.text ?? "somebody"
  switch (actor.kind) {
    case "rule":
      return ruleInWords(name).replace(/^./, (letter) => letter.toUpperCase())
    case "wire":
      return `${name}, over the wire,`
    case "system":
      return "Gatehouse"
    case "admin":
    case "device":
      return name
  }
}

/** A device's name, or the beginning of its id where it has none. */
export function deviceWords(device: AuditRow["device"]): string {
  if (device === null) return "a device"
  return neutralise(device.name)?.text ?? `device ${device.id.slice(0, 8)}`
}

const who = ({ actor }: AuditRow): Part => ({ kind: "actor", text: actorWords(actor) })

const device = (row: AuditRow): Part =>
  row.device === null
    ? "a device"
    : { kind: "device", text: deviceWords(row.device), id: row.device.id, exists: row.device.exists }

function textOf(row: AuditRow, key: string): string | null {
  const value = row.after?.[key] ?? row.before?.[key]
  return typeof value === "string" && value !== "" ? value : null
}

function listOf(side: AuditRow["after"], key: string): readonly string[] {
  const value = side?.[key]
  return Array.isArray(value) ? value : []
}

function codes(texts: readonly string[], none: string): readonly Part[] {
  if (texts.length === 0) return [none]
  return texts.flatMap((text, index): Part[] => {
    const joint = index === 0 ? "" : index === texts.length - 1 ? " and " : ", "
    return [joint, { kind: "code", text }]
  })
}

const scopesOf = (row: AuditRow, key: string) => codes(listOf(row.after, key), "no scopes")
const without = (row: AuditRow): readonly Part[] => {
  const declined = listOf(row.after, "declined")
  return declined.length === 0 ? [] : [", not ", ...codes(declined, "")]
}
const until = ({ after }: AuditRow): readonly Part[] =>
  typeof after?.untilMs === "number" ? [" until ", { kind: "instant", atMs: after.untilMs }] : []
const role = (row: AuditRow): Part => textOf(row, "role") ?? "its role"
const person = (row: AuditRow): Part => ({ kind: "strong", text: row.subject ?? textOf(row, "email") ?? "somebody" })

const themselves = (row: AuditRow) => row.actor.kind === "admin" && row.subject === row.actor.name

const sentences: Record<KnownAction, Sentence> = {
  "request.filed": (row) => say`${device(row)} asked to come in as ${role(row)} with ${scopesOf(row, "scopes")}.`,
  "request.superseded": (row) => say`A newer request of ${device(row)} took the place of an older one.`,
  "request.expired": (row) => say`A request of ${device(row)} expired before anybody decided it.`,
  "request.dropped": (row) => say`A request of ${device(row)} was dropped.`,
  "request.approved": (row) =>
    say`${who(row)} approved ${device(row)} as ${role(row)} with ${scopesOf(row, "granted")}${without(row)}.`,
  "request.rejected": (row) => say`${who(row)} rejected a request of ${device(row)}.`,
  "request.reopened": (row) => say`${who(row)} reopened a rejected request of ${device(row)}.`,
  "device.approved-silently": (row) =>
    say`${who(row)} let ${device(row)} in silently, as ${role(row)} with ${scopesOf(row, "granted")}.`,
  "device.blocked": (row) => say`${who(row)} blocked ${device(row)}.`,
  "device.unblocked": (row) => say`${who(row)} unblocked ${device(row)}.`,
  "device.removed": (row) => say`${who(row)} removed ${device(row)}.`,
  "device.imported": (row) =>
    say`${device(row)} was brought from another gateway, as ${codes(listOf(row.after, "roles"), "no role")} with ${scopesOf(row, "approvedScopes")}.`,
  "devices.exported": (row) =>
    say`${who(row)} wrote ${String(row.after?.devices ?? "the")} devices with their tokens to files for another gateway.`,
  "device.renamed": (row) => say`${who(row)} renamed ${device(row)}.`,
  "device.note-changed": (row) => say`${who(row)} changed the notes on ${device(row)}.`,
  "device.tagged": (row) => say`${who(row)} tagged ${device(row)}: ${codes(listOf(row.after, "tags"), "no tags")}.`,
  "device.ceiling-lowered": (row) =>
    textOf(row, "undoes") !== null
      ? say`${who(row)} undid an approval of ${device(row)}: ${codes(listOf(row.after, "removed"), "its scopes")} taken back.`
      : say`${who(row)} lowered the approved scopes of ${device(row)}.`,
  "device.ceiling-raised": (row) => say`${who(row)} approved ${scopesOf(row, "granted")} for ${device(row)}, unasked.`,
  "device.withheld-released": (row) => say`${who(row)} let ${device(row)} ask for ${scopesOf(row, "released")} again.`,
  "device.silent-taken-back": (row) => say`${who(row)} took back what ${device(row)} got silently.`,
  "device.grant-ended": (row) =>
    say`What ${device(row)} was given for a time came to its end: ${scopesOf(row, "ended")}.`,
  "device.grant-extended": (row) =>
    row.after?.untilMs === null
      ? say`${who(row)} made ${scopesOf(row, "extended")} of ${device(row)} last for good.`
      : say`${who(row)} put off the end of ${scopesOf(row, "extended")} of ${device(row)}${until(row)}.`,
  "device.metadata-changed": (row) => say`${device(row)} reported other details of itself.`,
  "token.issued": (row) => say`${device(row)} got a new ${role(row)} token within what it was approved for.`,
  "token.rotated": (row) =>
    say`${who(row)} rotated the ${role(row)} token of ${device(row)}${textOf(row, "mode") === "on-pickup" ? ", on pickup" : ", at once"}.`,
  "token.picked-up": (row) => say`${device(row)} used its new ${role(row)} token for the first time.`,
  "token.revoked": (row) =>
    textOf(row, "undoes") !== null
      ? say`${who(row)} undid the approval of ${device(row)} as ${role(row)}: that token is revoked.`
      : say`${who(row)} revoked the ${role(row)} token of ${device(row)}.`,
  "session.disconnected": (row) => say`${who(row)} closed a connection of ${device(row)}.`,
  "connect.local-command-line": (row) => say`The local command line connected with ${scopesOf(row, "scopes")}.`,
  "policy.changed": (row) => say`${who(row)} changed the policy.`,
  "templates.changed": (row) => say`${who(row)} changed the templates of approvals.`,
  "settings.changed": (row) => say`${who(row)} changed the settings.`,
  "shared-secret.shown": (row) => say`${who(row)} looked at the shared token.`,
  "shared-secret.rotated": (row) => say`${who(row)} replaced the shared token.`,
  "upstream.changed": (row) => say`${who(row)} set the gateway behind this one.`,
  "upstream.removed": (row) => say`${who(row)} took the gateway behind this one out of use.`,
  "node.key-made": (row) => say`${device(row)} got a key for the gateway behind this one.`,
  "node.approved-upstream": (row) => say`${who(row)} had ${device(row)} approved by the gateway behind this one.`,
  "node.removed-upstream": (row) => say`${who(row)} had ${device(row)} removed from the gateway behind this one.`,
  "admin.created": (row) =>
    themselves(row) ? say`${who(row)} became the first owner.` : say`${who(row)} gave ${person(row)} an account.`,
  "admin.role-changed": (row) => say`${who(row)} changed what ${person(row)} may do.`,
  "admin.disabled": (row) => say`${who(row)} disabled the account of ${person(row)}.`,
  "admin.enabled": (row) => say`${who(row)} enabled the account of ${person(row)}.`,
  "admin.password-changed": (row) =>
    themselves(row)
      ? say`${who(row)} changed their password.`
      : say`${who(row)} changed the password of ${person(row)}.`,
  "admin.link-made": (row) => say`${who(row)} made a sign-in link for ${person(row)}.`,
  "admin.link-used": (row) => say`${who(row)} used a sign-in link and chose a password.`,
  "admin.sessions-ended": (row) =>
    themselves(row) ? say`${who(row)} ended their sessions.` : say`${who(row)} ended the sessions of ${person(row)}.`,
  "admin.signed-in": (row) => say`${who(row)} signed in.`,
  "admin.signed-out": (row) => say`${who(row)} signed out.`,
  "admin.sign-in-locked": (row) => say`Too many wrong passwords for ${person(row)}: sign-in has to wait.`,
}

/** What a filter calls each action. */
export const actionNames: Record<KnownAction, string> = {
  "request.filed": "Request filed",
  "request.superseded": "Request replaced",
  "request.expired": "Request expired",
  "request.dropped": "Request dropped",
  "request.approved": "Request approved",
  "request.rejected": "Request rejected",
  "request.reopened": "Request reopened",
  "device.approved-silently": "Approved silently",
  "device.blocked": "Device blocked",
  "device.unblocked": "Device unblocked",
  "device.removed": "Device removed",
  "device.imported": "Device imported",
  "devices.exported": "Devices exported",
  "device.renamed": "Device renamed",
  "device.note-changed": "Notes changed",
  "device.tagged": "Tags changed",
  "device.ceiling-lowered": "Approved scopes lowered",
  "device.ceiling-raised": "Approved without a request",
  "device.withheld-released": "Withheld mark taken off",
  "device.silent-taken-back": "Silent grant taken back",
  "device.grant-ended": "Grant ended",
  "device.grant-extended": "Grant extended",
  "device.metadata-changed": "Device details changed",
  "token.issued": "Token issued",
  "token.rotated": "Token rotated",
  "token.picked-up": "Token picked up",
  "token.revoked": "Token revoked",
  "session.disconnected": "Connection closed",
  "connect.local-command-line": "Local command line",
  "policy.changed": "Policy changed",
  "settings.changed": "Settings changed",
  "templates.changed": "Templates changed",
  "shared-secret.shown": "Shared token shown",
  "shared-secret.rotated": "Shared token replaced",
  "upstream.changed": "Gateway behind set",
  "upstream.removed": "Gateway behind removed",
  "node.key-made": "Node key made",
  "node.approved-upstream": "Node approved behind",
  "node.removed-upstream": "Node removed behind",
  "admin.created": "Account created",
  "admin.role-changed": "Console role changed",
  "admin.disabled": "Account disabled",
  "admin.enabled": "Account enabled",
  "admin.password-changed": "Password changed",
  "admin.link-made": "Sign-in link made",
  "admin.link-used": "Sign-in link used",
  "admin.sessions-ended": "Sessions ended",
  "admin.signed-in": "Signed in",
  "admin.signed-out": "Signed out",
  "admin.sign-in-locked": "Sign-in locked",
}

/** Who did what to which device, in one sentence. An action of another version is named as it was written. */
export function auditSentence(row: AuditRow): readonly Part[] {
  return row.action === null ? say`${who(row)}: ${{ kind: "code", text: row.actionName }}.` : sentences[row.action](row)
}

/** The same sentence as plain text, for files. */
export function auditText(row: AuditRow): string {
  return auditSentence(row)
    .map((part) => {
      if (typeof part === "string") return part
      return part.kind === "instant" ? new Date(part.atMs).toISOString() : part.text
    })
    .join("")
}
