import type { Scopes } from "@/lib/pairing/types"
import type { LaneMark, ScopeLane, Span } from "./device-history-types"
import type { AuditRow } from "./types"

/** One stored change of one scope, oldest first where there are several. */
export type StoredScopeChange = {
  readonly id: string
  readonly scope: string
  readonly change: string
  readonly atMs: number
  readonly untilMs: number | null
  readonly actor: AuditRow["actor"]
  readonly silent: boolean
  readonly requestId: string | null
}

/** What holds now, so that lanes are right at their end even where their beginning was left out. */
export type RightsNow = { readonly approved: Scopes; readonly inToken: Scopes }

/**
 * The lanes of a device's scope history, one per scope that was ever asked, approved or held: current ones first,
 * as they were approved, then the others. What holds now but has no beginning in the changes begins at `fromMs`.
 */
export function scopeLanes(
  changes: readonly StoredScopeChange[],
  now: RightsNow,
  fromMs: number,
): readonly ScopeLane[] {
  const held = [...now.approved, ...now.inToken]
  const scopes = [...new Set([...held, ...changes.map((change) => change.scope)])]
  return scopes.map((scope) => {
    const own = changes.filter((change) => change.scope === scope)
    return {
      scope,
      approved: spans(own, fromMs, now.approved.includes(scope), ["approved"], ["lowered", "ended", "replaced"]),
      inToken: spans(own, fromMs, now.inToken.includes(scope), ["issued"], ["narrowed", "revoked", "replaced"]),
      marks: marks(own),
    }
  })
}

function spans(
  changes: readonly StoredScopeChange[],
  fromMs: number,
  holdsNow: boolean,
  begins: readonly string[],
  ends: readonly string[],
): readonly Span[] {
  const list: Span[] = []
  let openMs: number | null = null
  let isFirst = true
  for (const { change, atMs } of changes) {
    if (begins.includes(change)) openMs ??= atMs
    else if (ends.includes(change)) {
      const beganMs: number | null = openMs ?? (isFirst ? fromMs : null)
      if (beganMs !== null) list.push({ fromMs: beganMs, untilMs: atMs })
      openMs = null
    } else continue
    isFirst = false
  }
  if (openMs !== null) list.push({ fromMs: openMs, untilMs: null })
  else if (holdsNow) list.push({ fromMs: list.at(-1)?.untilMs ?? fromMs, untilMs: null })
  return list
}

// One command changes a scope in several ways at one instant; the first of these says it best.
const telling = [
  "declined",
  "silent",
  "approved",
  "extended",
  "lowered",
  "ended",
  "withheld",
  "revoked",
  "narrowed",
  "asked",
] as const

/** A token that a person issued on a request gives back what stayed approved: that is an approval too. */
function nameOf({ change, silent, requestId }: StoredScopeChange): string {
  if (change === "approved" && silent) return "silent"
  return change === "issued" && !silent && requestId !== null ? "approved" : change
}

function marks(changes: readonly StoredScopeChange[]): readonly LaneMark[] {
  const byInstant = new Map<number, LaneMark>()
  // An approval that gives back what stayed approved has its end on the change of that end.
  const newEnds = new Map(
    changes.filter(({ change }) => change === "extended").map((each) => [each.atMs, each.untilMs]),
  )
  for (const change of changes) {
    const { id, atMs, actor, requestId } = change
    const kind = telling.find((known) => known === nameOf(change))
    if (kind === undefined) continue
    const other = byInstant.get(atMs)
    if (other !== undefined && telling.indexOf(other.kind) <= telling.indexOf(kind)) continue
    const untilMs = change.untilMs ?? (kind === "approved" ? (newEnds.get(atMs) ?? null) : null)
    byInstant.set(atMs, { id, atMs, untilMs, kind, actor, requestId })
  }
  return [...byInstant.values()]
}
