import { actsOnOwnOrAny, missingAuthority } from "./authority"
import { ceilingOf, isRevoked, withDevice } from "./device"
import { withoutEnded } from "./ends"
import { cleanScopes, cutTo, malformed, ofRole, uncovered, union } from "./scopes"
import { issueToken } from "./tokens"
import type { Authority, DeviceRecord, Policy, Refused, Role, Scopes, Token } from "./types"

export type RotateInput = {
  readonly role: Role
  /** Scopes of the new token; left out, the token keeps its own. An empty list is an empty token. */
  readonly scopes?: readonly string[] | undefined
  readonly mode: { readonly kind: "at-once" } | { readonly kind: "on-pickup"; readonly graceMs: number }
  /** True when a person narrows in the console: asking for what was taken away is then no error (design, Tokens). */
  readonly rememberNarrowing: boolean
  /** The revision of the rights that a person saw when they chose; left out, by programs, any will do. */
  readonly shownRevision?: number | undefined
  /** True when the secret goes to the device itself, in the answer to this very command. */
  readonly isHandedOver?: boolean | undefined
  readonly authority: Authority
  readonly policy: Pick<Policy, "legacyRecords">
  readonly nowMs: number
  readonly freshTokenId: string
}

export type Rotation = {
  readonly ok: true
  readonly next: DeviceRecord
  readonly token: Token
  readonly before: Scopes
  /** The last instant at which a replaced token opens the door, if no new one was used by then; null if none does. */
  readonly oldTokenUntilMs: number | null
}

/**
 * Replaces the token of a role, with the same, fewer or (within the ceiling) more scopes. Never raises and never
 * lowers the ceiling; a legacy record gets its `scopes` frozen as the ceiling first, unless such records pair
 * again and have none. At once, the old token is dead; on pickup, it opens the door to the new one until that is
 * first used or `graceMs` have passed, counted from the first of several rotations.
 * Refuses with `unknown-device-or-role`, `not-own-device`, `token-revoked`, `missing-approved-baseline`,
 * `rights-changed` (since they were shown), `scope-outside-approved-baseline`, `caller-missing-scope`; a refusal
 * changes nothing.
 * Source: rulings R4, R10, R11, R13; seed 2.
 */
export function rotate(stored: DeviceRecord, input: RotateInput): Rotation | Refused {
  const record = withoutEnded(stored, input.nowMs)
  const { device } = record
  const { role, mode, authority, shownRevision = device?.revision, nowMs } = input
  if (device === null || !device.roles.includes(role)) return { ok: false, because: "unknown-device-or-role" }
  if (!actsOnOwnOrAny(authority, device.deviceId)) return { ok: false, because: "not-own-device" }
  const old = device.tokens[role]
  if (isRevoked(old)) return { ok: false, because: "token-revoked" }
  const isBaseline = input.policy.legacyRecords === "baseline" && device.legacyScopes !== null
  if (device.approvedScopes === null && !isBaseline) return { ok: false, because: "missing-approved-baseline" }
  if (shownRevision !== device.revision) return { ok: false, because: "rights-changed" }

  const baseline = ceilingOf(device, input.policy)
  const ceiling = ofRole(baseline, role)
  const kept = old === undefined ? ceiling : cutTo(ceiling, old.scopes)
  const scopes = input.scopes === undefined ? kept : cleanScopes(input.scopes)
  const odd = input.scopes === undefined ? [] : malformed(scopes, [role])
  const outside = union(odd, uncovered(ceiling, scopes))
  if (outside.length > 0) return { ok: false, because: "scope-outside-approved-baseline", missing: outside }
  const lacking = missingAuthority(authority, role, scopes, "caller-missing-scope")
  if (lacking !== null) return lacking

  const before = old?.scopes ?? []
  const token = issueToken(device, {
    role,
    scopes,
    tokenId: input.freshTokenId,
    nowMs,
    narrowedAway: union(old?.narrowedAway ?? [], input.rememberNarrowing ? before : []),
    delivered: input.isHandedOver === true,
    replaced: mode.kind === "at-once" ? { kind: "end" } : { kind: "grace", untilMs: nowMs + mode.graceMs },
  })
  const changed = { ...device, approvedScopes: baseline, tokens: { ...device.tokens, [role]: token } }
  const ends = token.predecessors.flatMap(({ untilMs }) => untilMs ?? [])
  const oldTokenUntilMs = ends.length === 0 ? null : Math.max(...ends)
  return { ok: true, next: withDevice(record, changed), token, before, oldTokenUntilMs }
}
