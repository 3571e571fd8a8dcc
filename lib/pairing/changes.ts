import { currentScopes, frozenCeiling } from "./device"
import { cleanScopes } from "./scopes"
import type { Device, Ends, Role, Scopes } from "./types"

/** One change of one scope, as the history of a device shows it. */
export type RightsChange = {
  readonly role: Role
  readonly scope: string
  readonly change:
    | "approved"
    | "extended"
    | "lowered"
    | "ended"
    | "issued"
    | "narrowed"
    | "revoked"
    | "withheld"
    | "released"
  /** Of what was approved or extended for a time, when that ends. */
  readonly untilMs?: number
}

/**
 * What happened to each scope between two states of a device: into and out of the ceiling (`approved`, `lowered`, or
 * `ended` where a person had set that end), another end (`extended`), into and out of a token (`issued`, `narrowed`, or `revoked` with the whole token), and the mark of a person
 * (`withheld`, `released`). Literal names, without implication. A removed device loses everything it had.
 * Source: design 8, the scope history.
 */
export function rightsChanges(before: Device | null, after: Device | null): readonly RightsChange[] {
  const isReplaced = before !== null && after !== null && before.publicKey !== after.publicKey
  return isReplaced ? [...compare(before, null), ...compare(null, after)] : compare(before, after)
}

function compare(before: Device | null, after: Device | null): readonly RightsChange[] {
  const changes: RightsChange[] = []
  const note = (change: RightsChange["change"], scopes: Scopes, ends?: Ends) => {
    for (const scope of scopes) {
      const untilMs = ends?.[scope]
      const role = scope.startsWith("node.") ? "node" : "operator"
      changes.push({ role, scope, change, ...(untilMs !== undefined && { untilMs }) })
    }
  }
  const ceilings = [ceiling(before), ceiling(after)] as const
  const [old, now] = [before?.ends ?? {}, after?.ends ?? {}]
  note("approved", gained(...ceilings), now)
  const kept = ceilings[1].filter((scope) => ceilings[0].includes(scope))
  note(
    "extended",
    kept.filter((scope) => old[scope] !== undefined && old[scope] !== now[scope]),
    now,
  )
  // An end that is over stays on record; what a person lowers loses its own.
  const gone = gained(ceilings[1], ceilings[0])
  const isEnded = (scope: string) => now[scope] !== undefined
  note(
    "lowered",
    gone.filter((scope) => !isEnded(scope)),
  )
  note("ended", gone.filter(isEnded))
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
