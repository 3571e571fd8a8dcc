import { actsOnOwnOrAny, missingAuthority } from "./authority"
import { frozenCeiling, isRevoked, withDevice } from "./device"
import { withoutEnded } from "./ends"
import { issueToken } from "./tokens"
import type { Authority, Device, DeviceRecord, Refused, Role, Token } from "./types"

export type RevokeInput = {
  readonly role: Role
  readonly authority: Authority
  readonly nowMs: number
  /** Used only for a role without a token. */
  readonly freshTokenId: string
}

export type Revocation = { readonly ok: true; readonly next: DeviceRecord; readonly token: Token }

/**
 * Ends the token of a role, and with it the role's effect, until an approval brings it back. The device, its
 * approved roles and its ceiling stay. Predecessors die with it. A role that was approved and has no token yet gets
 * one that is revoked from the start, or nothing would say that it ended. An end that the role had is over with it.
 * Refuses with `unknown-device-or-role`, `not-own-device`, `caller-missing-scope`, and
 * `nothing-to-change` when it is revoked already.
 * Source: rulings R11, R13, R19.
 */
export function revoke(stored: DeviceRecord, input: RevokeInput): Revocation | Refused {
  const record = withoutEnded(stored, input.nowMs)
  const { device } = record
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  const old = device.tokens[input.role] ?? neverUsed(device, input)
  if (old === null) return { ok: false, because: "unknown-device-or-role" }
  if (!actsOnOwnOrAny(input.authority, device.deviceId)) return { ok: false, because: "not-own-device" }
  const scopes = device.tokens[input.role]?.scopes ?? frozenCeiling(device)
  const lacking = missingAuthority(input.authority, input.role, scopes, "caller-missing-scope")
  if (lacking !== null) return lacking
  if (isRevoked(old)) return { ok: false, because: "nothing-to-change" }

  const token: Token = { ...old, revokedAtMs: input.nowMs, predecessors: [] }
  const { [input.role]: _, ...ends } = device.ends
  const tokens = { ...device.tokens, [input.role]: token }
  return { ok: true, next: withDevice(record, { ...device, tokens, ends }), token }
}

function neverUsed(device: Device, { role, nowMs, freshTokenId: tokenId }: RevokeInput): Token | null {
  if (!device.roles.includes(role)) return null
  return issueToken(device, { role, scopes: [], tokenId, nowMs, delivered: false, replaced: { kind: "end" } })
}
