import { covers, ofRole, union } from "./scopes"
import type { Device, DeviceRecord, Policy, Role, Scopes, Token } from "./types"

/**
 * The approved scopes (ceiling): `approvedScopes` if that field is present, even when empty; else the legacy
 * `scopes`; else nothing. A token is never a baseline. Under the policy `re-pair` a legacy record has none.
 * Source: ruling R2, policy option `legacyRecords`.
 */
export function ceilingOf(
  device: Pick<Device, "approvedScopes" | "legacyScopes">,
  policy: Pick<Policy, "legacyRecords">,
): Scopes {
  if (device.approvedScopes !== null) return device.approvedScopes
  return policy.legacyRecords === "baseline" ? (device.legacyScopes ?? []) : []
}

/** The record's ceiling as it is written from now on: a legacy one is frozen, an absent one becomes empty (R10). */
export function frozenCeiling(device: Pick<Device, "approvedScopes" | "legacyScopes">): Scopes {
  return device.approvedScopes ?? device.legacyScopes ?? []
}

/**
 * Whether the role is in force: approved, and its token not revoked. A missing token entry is not a revoked one.
 * Source: rulings R11 and R19.
 */
export function hasRole(device: Device, role: Role): boolean {
  return device.roles.includes(role) && !isRevoked(device.tokens[role])
}

/** Whether a role has a token that was revoked; a missing one is not (R11, R19). */
export function isRevoked(token: Token | undefined): boolean {
  return token !== undefined && token.revokedAtMs !== null
}

/** The current scopes of a role: those of its live token; none where there is no token or it is revoked (R11, R19). */
export function currentScopes(device: Device, role: Role): Scopes {
  const token = device.tokens[role]
  return token === undefined || isRevoked(token) ? [] : token.scopes
}

/** The current scopes over all roles, in the order operator, node (R2). */
export function allCurrentScopes(device: Device): Scopes {
  return union(currentScopes(device, "operator"), currentScopes(device, "node"))
}

/** Whether the live token of a role does not cover all that the ceiling offers that role (R3). */
export function isNarrowed(device: Device, role: Role): boolean {
  const token = device.tokens[role]
  if (token === undefined || isRevoked(token)) return false
  return !covers(token.scopes, ofRole(frozenCeiling(device), role))
}

/**
 * The record with its device replaced and the revision counted up: every change of rights goes through here (design,
 * Digest).
 */
export function withDevice(record: DeviceRecord, device: Device): DeviceRecord {
  return { ...record, device: { ...device, revision: (record.device?.revision ?? 0) + 1 } }
}
