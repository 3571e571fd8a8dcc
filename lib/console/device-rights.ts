import { currentScopes } from "@/lib/pairing/device"
import { endOf, isEndedRole, runningEnds } from "@/lib/pairing/ends"
import { covers, ofRole, union } from "@/lib/pairing/scopes"
import { tokenState } from "@/lib/pairing/tokens"
import type { Device, Role, Scopes, Token } from "@/lib/pairing/types"
import type { EndingGrant, Provenance, RoleView, ScopeRight, TokenView } from "./device-types"
import type { StoredScopeChange } from "./scope-lanes"

/** What a row of a token says beyond the rules: how it came about and when it was last used. */
export type TokenRow = {
  readonly role: string
  readonly issuedHow: string
  readonly issuedBy: string
  readonly lastUsedAtMs: number | null
}

/** Characters of a token's id that the page shows. */
const shownOfId = 8

/**
 * The rights of one role: every scope that is approved, held or withheld, each with where it comes from. `changes`
 * are oldest first.
 */
export function roleView(
  device: Device,
  role: Role,
  {
    ceiling,
    changes,
    row,
    nowMs,
  }: { ceiling: Scopes; changes: readonly StoredScopeChange[]; row: TokenRow | undefined; nowMs: number },
): RoleView {
  const token = device.tokens[role]
  const own = ofRole(ceiling, role)
  const current = currentScopes(device, role)
  const withheld = ofRole(device.withheld, role)
  const last = (scope: string, kinds: readonly string[]) => {
    const found = changes.findLast((change) => change.scope === scope && kinds.includes(change.change))
    return found === undefined ? null : provenance(found)
  }
  return {
    role,
    ceiling: own,
    ending: endingGrants(device, role, changes),
    endedAtMs: isEndedRole(device, role) ? (device.ends[role] ?? null) : null,
    token: token === undefined ? null : tokenView(token, row, { revokedBy: revokerOf(changes, token), nowMs }),
    scopes: union(union(own, current), withheld).map((scope): ScopeRight => {
      const inToken = current.includes(scope)
      const isApproved = own.includes(scope)
      return {
        scope,
        inToken,
        impliedByToken: !inToken && covers(current, [scope]),
        isApproved,
        isSilent: device.silentScopes.includes(scope),
        isWithheld: withheld.includes(scope),
        approved: isApproved ? last(scope, ["approved"]) : null,
        withheld: withheld.includes(scope) ? last(scope, ["declined", "withheld", "lowered"]) : null,
        left: isApproved && !inToken ? last(scope, ["narrowed", "revoked"]) : null,
        untilMs: isApproved ? endOf(device, ceiling, scope) : null,
      }
    }),
  }
}

/** What of a role ends by itself, by its end. */
function endingGrants(device: Device, role: Role, changes: readonly StoredScopeChange[]): readonly EndingGrant[] {
  const ends = runningEnds(device).filter(({ name }) => name === role || name.startsWith(`${role}.`))
  const instants = [...new Set(ends.map((end) => end.untilMs))].toSorted((one, other) => one - other)
  return instants.map((untilMs) => {
    const given = changes.findLast((change) => change.untilMs === untilMs)
    // Of a role without scopes the history tells nothing; it was let in when its token began.
    const sinceMs = given?.atMs ?? device.tokens[role]?.createdAtMs
    const names = ends.filter((end) => end.untilMs === untilMs).map((end) => end.name)
    return { untilMs, names, lengthMs: sinceMs === undefined ? null : untilMs - sinceMs }
  })
}

function provenance({ atMs, actor, silent, requestId }: StoredScopeChange): Provenance {
  return { atMs, actor, silent, requestId }
}

function revokerOf(changes: readonly StoredScopeChange[], token: Token): string | null {
  return (
    changes.findLast((change) => change.change === "revoked" && change.atMs === token.revokedAtMs)?.actor.name ?? null
  )
}

function tokenView(
  token: Token,
  row: TokenRow | undefined,
  { revokedBy, nowMs }: { revokedBy: string | null; nowMs: number },
): TokenView {
  return {
    idPrefix: token.tokenId.slice(0, shownOfId),
    standing: tokenState(token),
    scopes: token.scopes,
    narrowedAway: token.narrowedAway,
    createdAtMs: token.createdAtMs,
    issuedAtMs: token.issuedAtMs,
    issuedHow: row?.issuedHow ?? "",
    issuedBy: row?.issuedBy ?? "",
    deliveredAtMs: token.deliveredAtMs,
    usedAtMs: token.usedAtMs,
    lastUsedAtMs: row?.lastUsedAtMs ?? null,
    revoked: token.revokedAtMs === null ? null : { atMs: token.revokedAtMs, byName: revokedBy },
    // Those whose time is over are on record until the next change, and let nobody in.
    predecessors: token.predecessors
      .filter(({ untilMs }) => untilMs === null || nowMs <= untilMs)
      .map(({ scopes, untilMs }) => ({ scopes, untilMs })),
  }
}
