import { frozenCeiling, hasRole } from "./device"
import { runningEnds, withoutEnded } from "./ends"
import { findPresented, isImported } from "./tokens"
import type { Device, DeviceRecord, Role, Scopes, Token } from "./types"

/** The token that a device keeps, as another gateway may go on with it. */
export type ExportedToken = Pick<Token, "role" | "scopes" | "createdAtMs" | "issuedAtMs"> & {
  /** Whose secret it is; null for a revoked one, which has to have none that opens anything. */
  readonly tokenId: string | null
  readonly revokedAtMs: number | null
}

export type Exported = {
  readonly ok: true
  readonly device: Device
  readonly approvedScopes: Scopes
  readonly tokens: readonly ExportedToken[]
  /** Roles whose device has to pair again, or come with the shared secret: of their token only the hash is known. */
  readonly withoutToken: readonly Role[]
  /** What is not taken along because it ends by itself, which another gateway would not know. */
  readonly ending: readonly string[]
}

/**
 * What another gateway may be told of a device, so that it grants nothing that is not granted here for good: a blocked
 * key stays out, and so does what has an end. What is withheld is not approved, so there is nothing to take along.
 * Source: docs/decisions/028.
 */
export function exportDevice(
  record: DeviceRecord,
  nowMs: number,
): Exported | { readonly ok: false; readonly because: "not-here" | "blocked" | "nothing-lasting" } {
  const current = withoutEnded(record, nowMs)
  if (current.device === null) return { ok: false, because: "not-here" }
  if (current.blockedKeys.includes(current.device.publicKey)) return { ok: false, because: "blocked" }
  const ending = runningEnds(current.device).map(({ name }) => name)
  // Everything that has an end, as if that were over.
  const { device } = withoutEnded(current, Number.MAX_SAFE_INTEGER)
  if (device === null || (ending.length > 0 && !device.roles.some((role) => hasRole(device, role)))) {
    return { ok: false, because: "nothing-lasting" }
  }
  const kept = device.roles.flatMap((role) => keptToken(device, role, nowMs) ?? [])
  return {
    ...{ ok: true, device, approvedScopes: frozenCeiling(device), ending },
    tokens: kept.filter(({ tokenId }) => tokenId === null || !isImported({ tokenId })),
    withoutToken: kept.flatMap(({ role, tokenId }) => (tokenId !== null && isImported({ tokenId }) ? [role] : [])),
  }
}

/**
 * The token that the device is most likely to hold: the live one where it went out, otherwise the one that it was last
 * seen to use. A predecessor opens no more than its successor does (R9).
 */
function keptToken(device: Device, role: Role, nowMs: number): ExportedToken | null {
  const token = device.tokens[role]
  if (token === undefined) return null
  const { scopes, createdAtMs, issuedAtMs, revokedAtMs } = token
  const common = { role, scopes, createdAtMs, issuedAtMs, revokedAtMs: null }
  if (revokedAtMs !== null) return { ...common, tokenId: null, revokedAtMs: Math.min(revokedAtMs, nowMs) }
  const last = token.deliveredAtMs === null ? token.predecessors[0] : undefined
  const isGood = last !== undefined && findPresented(token, last.tokenId, nowMs) !== null
  return { ...common, tokenId: isGood ? last.tokenId : token.tokenId }
}
