import { ceilingOf, currentScopes } from "./device"
import { covers, isDangerous, ofRole } from "./scopes"
import type { DeviceRecord, PendingRequest, Policy, Scopes } from "./types"

/** One scope that a request asks for, beside what its device has. */
export type ScopeDifference = {
  readonly scope: string
  /** Whether the live token of the asked role holds it, itself or within another. */
  readonly inToken: boolean
  /** Whether the ceiling holds it, itself or within another. */
  readonly isApproved: boolean
  /** The held scope that it comes with, where it is not held by its own name. */
  readonly heldWithin: string | null
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

/**
 * What a choice among the asked scopes would come to: what it adds to the ceiling, and what it would withhold. A
 * scope within a chosen one is neither.
 */
export function outcomeOf(
  scopes: readonly ScopeDifference[],
  chosen: Scopes,
): { readonly added: Scopes; readonly declined: Scopes } {
  const open = scopes.filter((row) => !row.isApproved).map((row) => row.scope)
  return {
    added: open.filter((scope) => chosen.includes(scope)),
    declined: open.filter((scope) => !covers(chosen, [scope])),
  }
}
