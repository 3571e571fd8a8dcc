import { currentScopes, frozenCeiling } from "./device"
import { cleanScopes } from "./scopes"
import type { Device, Role, Scopes } from "./types"

/** One change of one scope, as the history of a device shows it. */
export type RightsChange = {
  readonly role: Role
  readonly scope: string
  readonly change: "approved" | "lowered" | "issued" | "narrowed" | "revoked" | "withheld" | "released"
}

/**
 * What happened to each scope between two states of a device: into and out of the ceiling (`approved`, `lowered`),
 * into and out of a token (`issued`, `narrowed`, or `revoked` with the whole token), and the mark of a person
 * (`withheld`, `released`). Literal names, without implication. A removed device loses everything it had.
 * Source: design 8, the scope history.
 */
export function rightsChanges(before: Device | null, after: Device | null): readonly RightsChange[] {
  const isReplaced = before !== null && after !== null && before.publicKey !== after.publicKey
  return isReplaced ? [...compare(before, null), ...compare(null, after)] : compare(before, after)
}

function compare(before: Device | null, after: Device | null): readonly RightsChange[] {
  const changes: RightsChange[] = []
  const note = (change: RightsChange["change"], scopes: Scopes) => {
    for (const scope of scopes) changes.push({ role: scope.startsWith("node.") ? "node" : "operator", scope, change })
  }
  const ceilings = [ceiling(before), ceiling(after)] as const
  note("approved", gained(...ceilings))
  note("lowered", gained(ceilings[1], ceilings[0]))
  for (const role of ["operator", "node"] as const) {
    const tokens = [current(before, role), current(after, role)] as const
    note("issued", gained(...tokens))
    note(after?.tokens[role]?.revokedAtMs == null ? "narrowed" : "revoked", gained(tokens[1], tokens[0]))
  }
  const withheld = [before?.withheld ?? [], after?.withheld ?? []] as const
  note("withheld", gained(...withheld))
  note("released", gained(withheld[1], withheld[0]))
  return changes
}

const ceiling = (device: Device | null): Scopes => (device === null ? [] : frozenCeiling(device))
const current = (device: Device | null, role: Role): Scopes => (device === null ? [] : currentScopes(device, role))
const gained = (before: Scopes, after: Scopes): Scopes => cleanScopes(after.filter((scope) => !before.includes(scope)))
