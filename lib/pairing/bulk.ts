import { firstChoice, needsConfirmation, type Outcome, outcomeOf, type ScopeDifference } from "./difference"
import { widestOf } from "./templates"
import type { PairingReason, Role, Scopes } from "./types"

/** Why a request is not decided along with others, but confirmed by itself. */
export type LeftOut =
  | "dangerous"
  | "role-upgrade"
  | "role-revoked"
  | "new-node"
  | "new-commands"
  | "metadata-upgrade"
  | "other-key"
  | "replaced"
  | "rights-changed"
  | "says-otherwise"
  | "warned"

/** A waiting request as far as deciding it along with others goes. */
export type Selected = {
  readonly reason: PairingReason
  readonly role: Role
  readonly scopes: readonly ScopeDifference[]
  /** It would take the place of a device with another key. */
  readonly replacesKey: boolean
  readonly isRoleRevoked: boolean
  readonly hasNewCommands: boolean
  /** It took the place of the one that was selected. */
  readonly isReplacement: boolean
  /** What the device may do is not what it was when the request was selected. */
  readonly haveRightsChanged: boolean
  /** Its latest try says otherwise of itself than the request does. */
  readonly saysOtherwise: boolean
  /** There is something to mind: a name like another one, what was removed before, many keys at once. */
  readonly isWarned: boolean
}

export type InBulk = {
  /** What it would get: what is ticked first where it is decided alone. */
  readonly grant: Scopes
  readonly outcome: Outcome
  /** Why it is left out; empty where it is not. */
  readonly leftOut: readonly LeftOut[]
}

/**
 * What a request would get along with others, and why it is left out: whatever is asked about twice where it is decided
 * alone, whatever changed since it was selected, and whatever there is to mind.
 * Source: design, Digest.
 */
export function inBulk(selected: Selected): InBulk {
  const { reason, role, scopes, replacesKey } = selected
  const grant = firstChoice(scopes)
  const outcome = outcomeOf(scopes, grant)
  const isGrave = needsConfirmation({ reason, role, replacesKey, dangerous: outcome.dangerous })
  const applies: Record<LeftOut, boolean> = {
    replaced: selected.isReplacement,
    "rights-changed": selected.haveRightsChanged,
    "says-otherwise": selected.saysOtherwise,
    dangerous: outcome.dangerous.length > 0,
    "other-key": replacesKey,
    "role-upgrade": reason === "role-upgrade",
    "role-revoked": selected.isRoleRevoked,
    "new-node": isGrave && reason === "not-paired" && role === "node",
    "new-commands": selected.hasNewCommands,
    "metadata-upgrade": reason === "metadata-upgrade",
    warned: selected.isWarned,
  }
  return { grant, outcome, leftOut: allLeftOut.filter((because) => applies[because]) }
}

/** In the order in which they are told: what changed first. */
const allLeftOut = [
  ...(["replaced", "rights-changed", "says-otherwise"] as const),
  ...(["dangerous", "other-key", "role-upgrade", "role-revoked", "new-node", "new-commands"] as const),
  ...(["metadata-upgrade", "warned"] as const),
] satisfies readonly LeftOut[]

/** Why a request is left out where several are rejected: only what changed is, for a rejection gives nothing. */
export function leftOutOfRejection(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  return leftOut.filter((because) => because === "replaced" || because === "says-otherwise")
}

/** How many devices some requests are of, and the widest scope that any of them would get; null where none gets one. */
export function bulkTotal(
  requests: readonly { readonly deviceId: string; readonly outcome: Pick<Outcome, "added" | "restored"> }[],
): { readonly devices: number; readonly widest: string | null } {
  return {
    devices: new Set(requests.map(({ deviceId }) => deviceId)).size,
    widest: widestOf(requests.flatMap(({ outcome }) => [...outcome.added, ...outcome.restored])),
  }
}
