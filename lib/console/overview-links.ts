import type { Lane } from "@/lib/pairing/types"
import { undoneApproval } from "@/lib/store/audit-actions"
import type { CountedAction } from "@/lib/store/decision-counts"
import { type AuditFilter, formatAuditFilter, parseAuditFilter } from "./audit-filter"
import type { DeviceMark } from "./device-filter"
import type { Correction, Outcome, OverviewPeriod } from "./overview-types"

/** The action of the audit entries that each outcome, and each decision taken back, is counted by. */
export const outcomeActions = {
  approved: "request.approved",
  rejected: "request.rejected",
  silent: "device.approved-silently",
  expired: "request.expired",
  blocked: "device.blocked",
  undone: undoneApproval,
  reopened: "request.reopened",
} as const satisfies Record<Outcome | Correction, CountedAction>

type Decisions = {
  readonly outcome: Outcome | Correction
  readonly fromMs: number
  readonly untilMs?: number
  /** An admin's id; null for all sessions on the wire. */
  readonly person?: string | null
}

/** Where the audit entries of one number are listed. */
export function decisionsHref({ outcome, fromMs, untilMs, person }: Decisions): string {
  return auditHref({
    action: outcomeActions[outcome],
    fromMs,
    untilMs: untilMs ?? null,
    admin: person ?? null,
    actorKind: person === null ? "wire" : null,
  })
}

/** Where the grants of one rule are listed. A rule does nothing else, and its name alone is what an index finds. */
export function ruleHref(rule: Lane, fromMs: number): string {
  return auditHref({ rule, fromMs })
}

function auditHref(filter: Partial<AuditFilter>): string {
  return `/audit?${formatAuditFilter({ ...parseAuditFilter({}), ...filter })}`
}

/** Where the devices of one number are listed; those that were not seen for long begin with the longest. */
export function devicesHref({ unseenDays, mark }: { unseenDays?: number; mark?: DeviceMark }): string {
  const query = new URLSearchParams()
  if (unseenDays !== undefined) query.set("unseen", String(unseenDays))
  if (mark !== undefined) query.set("is", mark)
  if (unseenDays !== undefined) query.set("sort", "seen")
  return query.size === 0 ? "/devices" : `/devices?${query}`
}

/** The address of the overview itself, without what is as by default. */
export function overviewHref(period: OverviewPeriod, allRotations = false): string {
  const query = new URLSearchParams()
  if (period !== 30) query.set("days", String(period))
  if (allRotations) query.set("rotations", "all")
  return query.size === 0 ? "/overview" : `/overview?${query}`
}
