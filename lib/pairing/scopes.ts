import type { Role, Scopes } from "./types"

/** Longest list of scopes that one ask may name. Real clients name at most ten (R4). */
export const maxScopes = 64

const wellFormed = /^(operator|node)\.[A-Za-z0-9][A-Za-z0-9._:-]{0,95}$/

/**
 * The scopes of a list as they are stored: trimmed, without blanks and duplicates, first-seen order, case kept.
 * Source: ruling R3.
 */
export function cleanScopes(scopes: readonly string[]): Scopes {
  return [...new Set(scopes.map((scope) => scope.trim()).filter((scope) => scope !== ""))]
}

/**
 * Whether every scope of a cleaned list may be asked for `role`: right prefix, a name after it, no star and
 * nothing else that could be taken for a pattern or a separator; at most `maxScopes` of them.
 * Source: ruling R4.
 */
export function areValidScopes(scopes: Scopes, role: Role): boolean {
  return scopes.length <= maxScopes && scopes.every((scope) => scope.startsWith(`${role}.`) && wellFormed.test(scope))
}

/**
 * The scopes of a cleaned list that nobody may be given for one of `roles`: what R4 refuses in an ask, whoever names
 * it; all of them when they are too many.
 */
export function malformed(scopes: Scopes, roles: readonly Role[]): Scopes {
  if (scopes.length > maxScopes) return scopes
  return scopes.filter((scope) => !roles.some((role) => areValidScopes([scope], role)))
}

function implies(held: string, asked: string): boolean {
  if (held === asked) return true
  if (held === "operator.admin") return asked.startsWith("operator.")
  return held === "operator.write" && asked === "operator.read"
}

/**
 * Whether `held` covers every scope of `asked`. Admin covers every operator scope, also unknown ones; write
 * covers read; nothing else covers anything else, and an empty list covers nothing but an empty ask.
 * Source: ruling R3.
 */
export function covers(held: Scopes, asked: Scopes): boolean {
  return asked.every((scope) => held.some((own) => implies(own, scope)))
}

/** The scopes of `asked` that `held` does not cover (R3). */
export function uncovered(held: Scopes, asked: Scopes): Scopes {
  return asked.filter((scope) => !covers(held, [scope]))
}

/** Both lists in first-seen order, without duplicates. Nothing is expanded by implication (R3). */
export function union(first: Scopes, second: Scopes): Scopes {
  return cleanScopes([...first, ...second])
}

/**
 * What a cap leaves of an ask, by implication: a covered scope stays, a wider one is replaced by those scopes of
 * the cap that it covers. Admin under a cap of read and write becomes read and write, not nothing.
 * Source: ruling R22, policy option `silentScopeCeiling`.
 */
export function cutTo(cap: Scopes, asked: Scopes): Scopes {
  return cleanScopes(
    asked.flatMap((scope) => (covers(cap, [scope]) ? [scope] : cap.filter((held) => covers([scope], [held])))),
  )
}

/** The scopes of a list that belong to `role` (R4). */
export function ofRole(scopes: Scopes, role: Role): Scopes {
  return scopes.filter((scope) => scope.startsWith(`${role}.`))
}

/** Whether two lists grant the same: each covers the other (R3). */
export function sameScopes(first: Scopes, second: Scopes): boolean {
  return covers(first, second) && covers(second, first)
}

/** Scopes that hand over the gateway itself: everything, or the say over other devices (A.3). */
export function isDangerous(scope: string): boolean {
  return scope === "operator.admin" || scope === "operator.pairing"
}
