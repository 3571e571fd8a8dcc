import { isOverruled } from "./approve"
import { missingAuthority } from "./authority"
import { ceilingOf, currentScopes, hasRole, isRevoked, withDevice } from "./device"
import { endsAfter, withoutEnded, withRoleEnd } from "./ends"
import { cleanScopes, covers, cutTo, isDangerous, malformed, ofRole, uncovered, union } from "./scopes"
import { issueToken } from "./tokens"
import type { Authority, Device, DeviceRecord, PendingRequest, Policy, Refused, Role, Scopes } from "./types"

export type RaiseInput = {
  readonly role: Role
  /** What is granted on top of what is approved. */
  readonly scopes: readonly string[]
  readonly authority: Authority
  readonly policy: Pick<Policy, "legacyRecords" | "graveGrantNote">
  /** What the person wrote for the record; the policy may ask for it. */
  readonly note?: string | null | undefined
  /** The last instant of what this adds; null or absent: it is for good. */
  readonly untilMs?: number | null | undefined
  readonly nowMs: number
  readonly freshTokenId: string
}

export type Raising = {
  readonly ok: true
  readonly next: DeviceRecord
  /** What the ceiling gained. */
  readonly added: Scopes
  /** Requests that ask for no more than is approved now, and end with that. */
  readonly covered: readonly string[]
}

/**
 * Approves more for a paired device without a request of it: a person gives it at the console. The ceiling grows by
 * what is named, granted scopes lose their mark and count as approved by a person; the role's token becomes what it
 * held plus what is granted, and replaces the old one without stranding its device. Rejections of what is approved
 * end. With an end, that is the end of what this adds; a role that was let in for a time lasts as long as its scopes. No
 * session of a device ever does this, its own least of all.
 * Refuses with `unknown-device-or-role`, `blocked`, `token-revoked` (only an approval of the role brings that back),
 * `approver-missing-scope`, `malformed-scope`, `end-passed`, `nothing-to-change`, and `note-required`; a refusal changes
 * nothing.
 * Source: design 10, "to give more is an approval and is recorded as one"; rulings R4, R12, R13, R22;
 * docs/decisions/023.
 */
export function raise(stored: DeviceRecord, input: RaiseInput): Raising | Refused {
  const { role, authority, policy, nowMs, untilMs = null } = input
  const record = withoutEnded(stored, nowMs)
  const { device } = record
  if (device === null || !device.roles.includes(role)) return { ok: false, because: "unknown-device-or-role" }
  if (record.blockedKeys.includes(device.publicKey)) return { ok: false, because: "blocked" }
  const old = device.tokens[role]
  if (isRevoked(old)) return { ok: false, because: "token-revoked" }
  if (authority.deviceId !== null) return { ok: false, because: "approver-missing-scope", missing: [] }

  const granted = cleanScopes(input.scopes)
  const odd = malformed(granted, [role])
  if (odd.length > 0) return { ok: false, because: "malformed-scope", missing: odd }
  if (untilMs !== null && untilMs <= nowMs) return { ok: false, because: "end-passed" }
  const before = ceilingOf(device, policy)
  const ceiling = union(before, granted)
  const held = cutTo(ceiling, currentScopes(device, role))
  const tokenScopes = ofRole(union(held, granted), role)
  const lacking = missingAuthority(authority, role, tokenScopes, "approver-missing-scope")
  if (lacking !== null) return lacking
  const added = uncovered(before, granted)
  if (added.length === 0) return { ok: false, because: "nothing-to-change" }
  if (added.some(isDangerous) && policy.graveGrantNote === "required" && (input.note ?? "").trim() === "") {
    return { ok: false, because: "note-required" }
  }

  const token = issueToken(device, {
    ...{ role, scopes: tokenScopes, tokenId: input.freshTokenId, nowMs, delivered: false },
    narrowedAway: old?.narrowedAway ?? [],
    replaced: { kind: "keep" },
  })
  const raised: Device = {
    ...device,
    approvedScopes: ceiling,
    withheld: uncovered(ceiling, device.withheld),
    silentScopes: uncovered(granted, device.silentScopes),
    ends: withRoleEnd(endsAfter(device, { before, ceiling, untilMs }), role, { isNew: false, isMore: true, untilMs }),
    tokens: { ...device.tokens, [role]: token },
    approvedVia: "person",
    approvedAtMs: nowMs,
  }
  const isCovered = (request: PendingRequest) =>
    request.publicKey === device.publicKey &&
    request.reason === "scope-upgrade" &&
    hasRole(raised, request.role) &&
    covers(ceiling, request.scopes)
  const requests = record.requests.filter((request) => !isCovered(request))
  const holds = record.holds.filter((hold) => !isOverruled(hold, { publicKey: device.publicKey, role }, raised))
  return {
    ok: true,
    next: withDevice({ ...record, requests, holds }, raised),
    added,
    covered: record.requests.filter(isCovered).map((request) => request.requestId),
  }
}
