import type { Lane } from "@/lib/pairing/types"
import { type AuditAction, isAuditAction, undoneApproval } from "@/lib/store/audit-actions"

/** Kinds of actors that a filter can name, beside single people. */
export const auditActorKinds = ["rule", "device", "wire", "system"] as const

export type AuditActorKind = (typeof auditActorKinds)[number]

/** The rules that grant silently, each of which a filter can name. */
export const auditRules: readonly Lane[] = ["local", "node-cidr", "same-key", "identity-proxy"]

/** What a filter can ask for: the entries of an action, or those that undid an approval. */
export type FilteredAction = AuditAction | typeof undoneApproval

/** What narrows the audit log; lives in the URL of its page. */
export type AuditFilter = {
  /** An admin's id. */
  readonly admin: string | null
  readonly actorKind: AuditActorKind | null
  /** One of the rules; `actorKind` is null then. */
  readonly rule: Lane | null
  /** The beginning of a device id or of words of a name, as they are typed or pasted. */
  readonly device: string | null
  readonly action: FilteredAction | null
  /** Inclusive. */
  readonly fromMs: number | null
  /** Exclusive. */
  readonly untilMs: number | null
}

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The filter of a URL. What cannot be read counts as not given, so that a damaged link shows more and not less.
 */
export function parseAuditFilter(params: SearchParams): AuditFilter {
  const actor = text(params.actor)
  const action = text(params.action)
  return {
    admin: actor?.startsWith("admin:") ? actor.slice("admin:".length) : null,
    actorKind: auditActorKinds.find((kind) => kind === actor) ?? null,
    rule: auditRules.find((rule) => `rule:${rule}` === actor) ?? null,
    device: text(params.device),
    action: isFiltered(action) ? action : null,
    fromMs: instant(params.from),
    untilMs: instant(params.until),
  }
}

/** The query of a filter, without the leading question mark; an empty text for no filter. */
export function formatAuditFilter(filter: AuditFilter): string {
  const query = new URLSearchParams()
  if (filter.admin !== null) query.set("actor", `admin:${filter.admin}`)
  else if (filter.rule !== null) query.set("actor", `rule:${filter.rule}`)
  else if (filter.actorKind !== null) query.set("actor", filter.actorKind)
  if (filter.device !== null) query.set("device", filter.device)
  if (filter.action !== null) query.set("action", filter.action)
  if (filter.fromMs !== null) query.set("from", new Date(filter.fromMs).toISOString())
  if (filter.untilMs !== null) query.set("until", new Date(filter.untilMs).toISOString())
  return query.toString()
}

/** Whether a filter lets everything through. */
export function isUnfiltered(filter: AuditFilter): boolean {
  return Object.values(filter).every((value) => value === null)
}

function isFiltered(action: string | null): action is FilteredAction {
  return action === undoneApproval || (action !== null && isAuditAction(action))
}

function text(value: string | readonly string[] | undefined): string | null {
  const first = typeof value === "string" ? value : value?.[0]
  const trimmed = first?.trim().slice(0, 200) ?? ""
  return trimmed === "" ? null : trimmed
}

function instant(value: string | readonly string[] | undefined): number | null {
  const written = text(value)
  const parsed = written === null ? Number.NaN : Date.parse(written)
  return Number.isFinite(parsed) ? parsed : null
}
