import { actsOnOwnOrAny, missingAuthority } from "./authority"
import { isRevoked, withDevice } from "./device"
import type { Authority, DeviceRecord, Refused, Role, Token } from "./types"

export type Revocation = { readonly ok: true; readonly next: DeviceRecord; readonly token: Token }

/**
 * Ends the token of a role, and with it the role's effect, until an approval brings it back. The device, its
 * approved roles and its ceiling stay. Predecessors die with it.
 * Refuses with `unknown-device-or-role` (no token either), `not-own-device`, `caller-missing-scope`, and
 * `nothing-to-change` when it is revoked already.
 * Source: rulings R11, R13.
 */
export function revoke(
  record: DeviceRecord,
  input: { readonly role: Role; readonly authority: Authority; readonly nowMs: number },
): Revocation | Refused {
  const { device } = record
  const old = device?.tokens[input.role]
  if (device === null || old === undefined) return { ok: false, because: "unknown-device-or-role" }
  if (!actsOnOwnOrAny(input.authority, device.deviceId)) return { ok: false, because: "not-own-device" }
  const lacking = missingAuthority(input.authority, input.role, old.scopes, "caller-missing-scope")
  if (lacking !== null) return lacking
  if (isRevoked(old)) return { ok: false, because: "nothing-to-change" }

  const token: Token = { ...old, revokedAtMs: input.nowMs, predecessors: [] }
  return { ok: true, next: withDevice(record, { ...device, tokens: { ...device.tokens, [input.role]: token } }), token }
}
