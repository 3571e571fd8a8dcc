import { covers, uncovered, union } from "./scopes"
import type { Scopes } from "./types"

/** Who or which rule did something to a scope, when, and by which request. */
export type Cause = {
  readonly atMs: number
  readonly actor: { readonly kind: "admin" | "wire" | "rule" | "device" | "system"; readonly name: string }
  readonly silent: boolean
  readonly requestId: string | null
}

/** One entry of a device's history of one scope. */
export type ScopeEntry = Cause & { readonly scope: string; readonly change: string }

/** What a device may do at one instant. */
export type RightsState = { readonly approved: Scopes; readonly inToken: Scopes; readonly withheld: Scopes }

/** Whether a device can do something that a scope is needed for, and why. */
export type WhyAnswer =
  | { readonly kind: "needs-nothing" }
  | { readonly kind: "unknown-method" }
  /** `through` is the held scope that covers the one in question; itself, or a wider one. */
  | {
      readonly kind: "can"
      readonly through: string
      readonly granted: Cause | null
      readonly inTokenSinceMs: number | null
    }
  | { readonly kind: "not-paired"; readonly ended: Cause | null }
  | { readonly kind: "blocked" }
  | { readonly kind: "revoked" | "narrowed"; readonly through: string; readonly cause: Cause | null }
  | { readonly kind: "no-token"; readonly through: string }
  | { readonly kind: "withheld" | "taken-out" | "grant-ended" | "asked"; readonly cause: Cause | null }
  | { readonly kind: "never-asked" }

/**
 * The rights at an earlier instant: those of now, with everything that was written down since taken back, newest
 * first. So it is right even where the beginning of the history is not kept. `changes` are oldest first.
 */
export function rightsAt(now: RightsState, changes: readonly ScopeEntry[], atMs: number): RightsState {
  let { approved, inToken, withheld } = now
  const without = (scopes: Scopes, scope: string) => scopes.filter((other) => other !== scope)
  for (const { scope, change } of changes.filter((entry) => entry.atMs > atMs).reverse()) {
    if (change === "approved") approved = without(approved, scope)
    else if (change === "lowered") approved = union(approved, [scope])
    else if (change === "issued") inToken = without(inToken, scope)
    else if (change === "narrowed" || change === "revoked") inToken = union(inToken, [scope])
    else if (change === "withheld") withheld = without(withheld, scope)
    else if (change === "released") withheld = union(withheld, [scope])
  }
  return { approved, inToken, withheld }
}

/**
 * Why a device can or cannot use a scope, from its rights and what was written down about them. The first line that
 * applies answers. `standing` is null for an instant in the past, where nothing is kept of pairing and blocks.
 * Source: rulings R3, R11, R19, R22; design 8, the scope history.
 */
export function whyCan(
  scope: string,
  rights: RightsState,
  changes: readonly ScopeEntry[],
  standing: { readonly isPaired: boolean; readonly isBlocked: boolean } | null,
): WhyAnswer {
  const last = (of: readonly string[], ...kinds: string[]) =>
    causeOf(changes.findLast((entry) => of.includes(entry.scope) && kinds.includes(entry.change)))
  if (standing?.isPaired === false) {
    const ended = changes.findLast(({ change }) => change === "lowered" || change === "revoked")
    return { kind: "not-paired", ended: causeOf(ended) }
  }
  if (standing?.isBlocked) return { kind: "blocked" }
  const through = coveredBy(rights.inToken, scope)
  if (through !== null) {
    // What a wide approval covers may be in the token under a narrower name.
    const approved = coveredBy(rights.approved, through) ?? through
    const inTokenSinceMs = last([through], "issued")?.atMs ?? null
    return { kind: "can", through, granted: last([approved], "approved"), inTokenSinceMs }
  }
  const approved = coveredBy(rights.approved, scope)
  if (approved !== null) {
    const left = changes.findLast(
      (entry) => covers([entry.scope], [scope]) && ["narrowed", "revoked"].includes(entry.change),
    )
    if (left === undefined && rights.inToken.length === 0) return { kind: "no-token", through: approved }
    if (left?.change === "revoked" && endsByTime(left)) return { kind: "grant-ended", cause: causeOf(left) }
    return { kind: left?.change === "revoked" ? "revoked" : "narrowed", through: approved, cause: causeOf(left) }
  }
  if (rights.withheld.includes(scope)) return { kind: "withheld", cause: last([scope], "declined", "withheld") }
  const lowered = changes.findLast((entry) => covers([entry.scope], [scope]) && entry.change === "lowered")
  if (lowered !== undefined) {
    return { kind: endsByTime(lowered) ? "grant-ended" : "taken-out", cause: causeOf(lowered) }
  }
  const asked = last([scope], "asked")
  return asked === null ? { kind: "never-asked" } : { kind: "asked", cause: asked }
}

/** No person and no device did it: its time was over. */
function endsByTime({ actor }: ScopeEntry): boolean {
  return actor.kind === "rule" || actor.kind === "system"
}

function coveredBy(held: Scopes, scope: string): string | null {
  if (held.includes(scope)) return scope
  return held.find((own) => uncovered([own], [scope]).length === 0) ?? null
}

function causeOf(entry: ScopeEntry | undefined): Cause | null {
  if (entry === undefined) return null
  const { atMs, actor, silent, requestId } = entry
  return { atMs, actor, silent, requestId }
}
