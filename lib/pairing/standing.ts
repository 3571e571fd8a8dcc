import { ceilingOf, currentScopes, hasRole } from "./device"
import { withoutEnded } from "./ends"
import { covers, ofRole } from "./scopes"
import type { DeviceRecord, Policy, Role, Scopes } from "./types"

/** What a session of a paired device stands on: its key, its role, and the live token of that role when it began. */
export type Standing = { readonly publicKey: string; readonly role: Role; readonly tokenId: string }

/**
 * Whether a session still holds the scopes it was let in with: its device is paired under the same key and not
 * blocked, its role is in force, its scopes lie within the ceiling, and no narrower token replaced the one it began
 * with. Asked again inside every command, because what closes a socket does not call back a command under way.
 * Source: protocol 8, lessons 24 and 33.
 */
export function stillHolds(
  session: Standing,
  scopes: Scopes,
  record: DeviceRecord,
  { policy, nowMs }: { readonly policy: Pick<Policy, "legacyRecords">; readonly nowMs: number },
): boolean {
  const { device, blockedKeys } = withoutEnded(record, nowMs)
  const { publicKey, role, tokenId } = session
  if (device === null || device.publicKey !== publicKey || blockedKeys.includes(publicKey)) return false
  if (!hasRole(device, role) || !covers(ofRole(ceilingOf(device, policy), role), scopes)) return false
  return device.tokens[role]?.tokenId === tokenId || covers(currentScopes(device, role), scopes)
}
