import { ceilingOf, currentScopes } from "./device"
import { endOf } from "./ends"
import { covers, isDangerous, ofRole } from "./scopes"
import type { DeviceRecord, PairingReason, PendingRequest, Policy, Role, Scopes } from "./types"

/** One scope that a request asks for, beside what its device has. */
export type ScopeDifference = {
  readonly scope: string
  /** Whether the live token of the asked role holds it, itself or within another. */
  readonly inToken: boolean
  /** Whether the ceiling holds it, itself or within another. */
  readonly isApproved: boolean
  /** The held scope that it comes with, where it is not held by its own name. */
  readonly heldWithin: string | null
  /** Until when it is held, where it is approved for a time. */
  readonly untilMs: number | null
  /** When it ended, where a person had approved it for a time that is over. */
  readonly endedAtMs: number | null
  /** Withheld scopes that approving this one would bring back; itself among them, or part of it. */
  readonly bringsBack: Scopes
  readonly isDangerous: boolean
}

export type Difference = {
  /** Approved scopes first, then new ones, then those that were withheld or are dangerous; each in the order asked. */
  readonly scopes: readonly ScopeDifference[]
  /** What the ceiling holds for the role beside the ask. An approval leaves it as it is. */
  readonly kept: Scopes
}

/**
 * What a request asks for beside what its device has: the table an admin decides on. Another key inherits nothing,
 * so a request of one is compared with nothing.
 * Source: rulings R3, R12, R16, R22.
 */
export function differenceOf(
  record: DeviceRecord,
  request: Pick<PendingRequest, "publicKey" | "role" | "scopes">,
  policy: Pick<Policy, "legacyRecords">,
): Difference {
  const device = record.device?.publicKey === request.publicKey ? record.device : null
  const ceiling = device === null ? [] : ceilingOf(device, policy)
  const current = device === null ? [] : currentScopes(device, request.role)
  const withheld = device?.withheld ?? []

  const scopes = request.scopes.map((scope): ScopeDifference => {
    const isApproved = covers(ceiling, [scope])
    return {
      scope,
      inToken: covers(current, [scope]),
      isApproved,
      heldWithin: ceiling.includes(scope) ? null : (ceiling.find((held) => covers([held], [scope])) ?? null),
      untilMs: device !== null && isApproved ? endOf(device, ceiling, scope) : null,
      endedAtMs: isApproved ? null : (device?.ends[scope] ?? null),
      bringsBack: isApproved ? [] : withheld.filter((held) => covers([scope], [held])),
      isDangerous: isDangerous(scope),
    }
  })
  const weight = (row: ScopeDifference) =>
    row.isApproved ? (row.inToken ? 0 : 1) : 2 + (row.bringsBack.length > 0 ? 1 : 0) + (row.isDangerous ? 2 : 0)
  return {
    scopes: [...scopes].sort((one, other) => weight(one) - weight(other)),
    kept: ofRole(ceiling, request.role).filter((scope) => !request.scopes.includes(scope)),
  }
}

/** What is granted unless somebody chooses otherwise: everything new but what a person declined before (R22). */
export function firstChoice(scopes: readonly ScopeDifference[]): Scopes {
  return scopes.filter((row) => !row.isApproved && row.bringsBack.length === 0).map((row) => row.scope)
}

export type Outcome = {
  /** What the ceiling and the token gain. */
  readonly added: Scopes
  /** What was approved before and is not in the token: any approval puts it back there. */
  readonly restored: Scopes
  /** What would be withheld. */
  readonly declined: Scopes
  /** What of the added and the restored hands over the gateway itself. */
  readonly dangerous: Scopes
}

/**
 * What a choice among the asked scopes would come to. A scope within a chosen one is neither added nor declined.
 * Source: rulings R12 and R16; design, 6 (dangerous ones are marked as such).
 */
export function outcomeOf(scopes: readonly ScopeDifference[], chosen: Scopes): Outcome {
  const open = scopes.filter((row) => !row.isApproved).map((row) => row.scope)
  const added = open.filter((scope) => chosen.includes(scope))
  const restored = scopes.filter((row) => row.isApproved && !row.inToken).map((row) => row.scope)
  return {
    added,
    restored,
    declined: open.filter((scope) => !covers(chosen, [scope])),
    dangerous: [...added, ...restored].filter(isDangerous),
  }
}

/**
 * Whether an approval hands over so much that a person confirms it, with the fingerprint before them: a dangerous
 * scope, new or given back; a role of a paired device; a node, on whose machine commands are run; the place of a
 * device with another key.
 */
export function needsConfirmation(approval: {
  readonly reason: PairingReason
  readonly role: Role
  readonly replacesKey: boolean
  readonly dangerous: Scopes
}): boolean {
  const { reason, role, replacesKey, dangerous } = approval
  if (dangerous.length > 0 || replacesKey) return true
  return reason === "role-upgrade" || (reason === "not-paired" && role === "node")
}
