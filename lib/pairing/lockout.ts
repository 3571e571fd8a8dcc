import { allCurrentScopes } from "./device"
import { covers, uncovered } from "./scopes"
import type { DeviceRecord, LockoutLoss, Scopes } from "./types"

/** What there is besides the device that a command is about. */
export type LockoutFacts = {
  /** Whether another device, not blocked, holds operator.admin in its token. */
  readonly othersHoldAdmin: boolean
  /** The same for operator.pairing, which admin includes. */
  readonly othersHoldPairing: boolean
  /** Whether a live connection of the device comes from where the person works. */
  readonly isOwn: boolean
}

/** The scopes that a device can use with its tokens now; none while it is blocked or not there. */
export function scopesInForce({ device, blockedKeys }: DeviceRecord): Scopes {
  return device === null || blockedKeys.includes(device.publicKey) ? [] : allCurrentScopes(device)
}

function loses(before: Scopes, after: Scopes, scope: string): boolean {
  return covers(before, [scope]) && !covers(after, [scope])
}

/** Whether what goes is such that other devices have to be looked at. */
export function endsAuthority(before: Scopes, after: Scopes): boolean {
  return loses(before, after, "operator.admin") || loses(before, after, "operator.pairing")
}

/**
 * What would stop working if a device went from the first scopes in force to the second: the last token that holds
 * operator.admin, the last that can decide about other devices, and whatever the person's own device does. Tokens
 * count and not ceilings, since a revoked or narrowed device repairs nothing. Forbids nothing: a person is asked again.
 */
export function lockoutLosses(before: Scopes, after: Scopes, facts: LockoutFacts): readonly LockoutLoss[] {
  const losses: LockoutLoss[] = []
  if (loses(before, after, "operator.admin") && !facts.othersHoldAdmin) losses.push("last-admin")
  if (loses(before, after, "operator.pairing") && !facts.othersHoldPairing) losses.push("last-pairing")
  if (facts.isOwn && uncovered(after, before).length > 0) losses.push("own-device")
  return losses
}
