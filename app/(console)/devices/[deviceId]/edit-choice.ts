import type { RoleView, ScopeRight } from "@/lib/console/device-types"
import { type CeilingPlan, planCeiling, tokenAfter } from "@/lib/pairing/edit"
import { knownScopes } from "@/lib/pairing/explain"
import { cleanScopes, covers, isDangerous, sameScopes, uncovered } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"

/** What is ticked in the table. */
export type Choice = { readonly approved: Scopes; readonly token: Scopes; readonly release: Scopes }

/** The scopes that there are to tick: what the role has or had, those within it, and, to give more, all known ones. */
export function optionsOf(role: RoleView, extra: Scopes): Scopes {
  const given = role.scopes.map((right) => right.scope)
  return cleanScopes([...given, ...(role.role === "operator" ? knownScopes : []), ...extra])
}

/** Whether the role has a token that a person can choose the scopes of. */
export function hasLiveToken({ token }: RoleView): boolean {
  return token !== null && token.standing !== "revoked"
}

/** What is ticked before anybody chose; with `lowerTo`, only that much of what is approved. */
export function startOf(role: RoleView, lowerTo: Scopes | null): Choice {
  const approved = lowerTo ?? role.ceiling
  const token = hasLiveToken(role) ? (role.token?.scopes ?? []) : []
  const left =
    lowerTo === null ? token : cleanScopes([...token, ...lowerTo]).filter((scope) => covers(approved, [scope]))
  return { approved, token: left, release: [] }
}

/** The choice after one tick of the column of approved scopes: a token gains what is approved with it. */
export function tickApproved(choice: Choice, scope: string, isTicked: boolean): Choice {
  if (!isTicked) return { ...choice, approved: choice.approved.filter((other) => other !== scope) }
  const { approved, token, release } = choice
  return {
    approved: cleanScopes([...approved, scope]),
    token: cleanScopes([...token, scope]),
    release: release.filter((other) => !covers([scope], [other])),
  }
}

/** A list with a scope in it or without it. */
export function toggled(scopes: Scopes, scope: string, isTicked: boolean): Scopes {
  return isTicked ? cleanScopes([...scopes, scope]) : scopes.filter((other) => other !== scope)
}

export type Effect = {
  readonly plan: CeilingPlan
  /** The token as it was and as it will be; null where there is none to choose. */
  readonly token: { readonly before: Scopes; readonly after: Scopes } | null
  readonly isRotated: boolean
  /** Whether live connections of the role end. */
  readonly closes: boolean
  /** What is gained that hands over the gateway itself. */
  readonly dangerous: Scopes
  readonly isNothing: boolean
}

/** What a choice comes to, by the rules that the server will ask. */
export function effectOf(role: RoleView, choice: Choice): Effect {
  const plan = planCeiling(role.ceiling, choice.approved)
  const isLive = hasLiveToken(role)
  const before = isLive ? (role.token?.scopes ?? []) : []
  const left = isLive ? tokenAfter(plan, before) : []
  const wanted = choice.token.filter((scope) => covers(plan.after, [scope]))
  const isRotated = isLive && !sameScopes(left, wanted)
  const after = isRotated ? wanted : left
  const isRaised = plan.given.length > 0
  const gained = [...plan.given, ...uncovered(before, after)]
  return {
    plan,
    token: isLive ? { before, after } : null,
    isRotated,
    closes: isRaised || isRotated || uncovered(after, before).length > 0,
    dangerous: cleanScopes(gained.filter(isDangerous)),
    isNothing: !isRotated && !isRaised && plan.taken.length === 0 && choice.release.length === 0,
  }
}

/** What the button will do. */
export function editLabel({ plan, isRotated }: Effect, release: Scopes): string {
  const verbs = [
    ...(plan.given.length > 0 ? ["approve"] : []),
    ...(plan.taken.length > 0 ? ["lower"] : []),
    ...(release.length > 0 ? ["release"] : []),
    ...(isRotated ? ["rotate"] : []),
  ]
  const last = verbs.at(-1) ?? "save"
  const text = verbs.length < 2 ? last : `${verbs.slice(0, -1).join(", ")} and ${last}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Whether a mark of a person is on this scope and no tick takes it off anyway. */
export function canRelease(right: ScopeRight, choice: Choice): boolean {
  return right.isWithheld && !covers(choice.approved, [right.scope])
}
