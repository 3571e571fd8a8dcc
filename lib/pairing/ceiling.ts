import { ceilingOf, withDevice } from "./device"
import { endsAfter, withoutEnded } from "./ends"
import { knownScopes } from "./explain"
import { cleanScopes, covers, cutTo, malformed, ofRole, uncovered, union } from "./scopes"
import { limitToken } from "./tokens"
import type { Device, DeviceRecord, Policy, Refused, Role, Scopes } from "./types"

export type Lowering = {
  readonly ok: true
  readonly next: DeviceRecord
  /** What left the ceiling. */
  readonly removed: Scopes
  /** Roles whose live token lost scopes, so that their sessions must end. */
  readonly roles: readonly Role[]
}

export type LowerInput = {
  readonly remove: Scopes
  /** Narrower scopes that a removed one implied (read of admin) and that stay. */
  readonly keep?: readonly string[] | undefined
  readonly nowMs: number
}

/**
 * Takes scopes out of the ceiling, for good: they leave the tokens too and are withheld, with the known scopes
 * within them, so that no silent lane brings them back, whole or in parts. It names what goes, so that what was
 * approved after somebody looked is not touched; a scope that another approved one implies stays with that. Refuses
 * with `unknown-device-or-role`, `scope-outside-approved-baseline` when `keep` names more than there is, or what is no
 * scope, and `nothing-to-change`. What stays keeps its end. An explicit command of a person only.
 * Source: design, "Narrowing that lasts is lowering the ceiling"; rulings R4, R22.
 */
export function lowerCeiling(
  stored: DeviceRecord,
  { remove, keep = [], nowMs }: LowerInput,
  policy: Pick<Policy, "legacyRecords">,
): Lowering | Refused {
  const record = withoutEnded(stored, nowMs)
  const { device } = record
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  const before = ceilingOf(device, policy)
  const kept = cleanScopes(keep)
  const fresh = kept.filter((scope) => !before.includes(scope))
  const outside = union(malformed(fresh, ["operator", "node"]), uncovered(before, fresh))
  if (outside.length > 0) return { ok: false, because: "scope-outside-approved-baseline", missing: outside }
  const left = union(
    before.filter((scope) => !remove.includes(scope)),
    kept,
  )
  const removed = uncovered(left, before)
  if (removed.length === 0) return { ok: false, because: "nothing-to-change" }
  // A mark stands for its own name only (a declined admin still lets read in), so what admin or write held within
  // them is marked by name too, as far as names are known.
  const within = knownScopes.filter((scope) => covers(removed, [scope]))

  const tokens: Partial<Record<Role, NonNullable<Device["tokens"][Role]>>> = {}
  const roles: Role[] = []
  for (const role of ["operator", "node"] as const) {
    const token = device.tokens[role]
    if (token === undefined) continue
    tokens[role] = limitToken(token, ofRole(left, role))
    if (!covers(left, token.scopes)) roles.push(role)
  }
  const ends = endsAfter(device, { before, ceiling: left, untilMs: null })
  const lowered: Device = {
    ...device,
    approvedScopes: left,
    withheld: union(device.withheld, uncovered(left, union(removed, within))),
    silentScopes: cutTo(left, device.silentScopes),
    ends: Object.fromEntries(Object.entries(ends).filter(([name]) => !removed.includes(name))),
    tokens,
  }
  return { ok: true, next: withDevice(record, lowered), removed, roles }
}

/**
 * Takes back what a device got silently: all of it, or the named scopes. It is `lowerCeiling` by the silent part,
 * so it is withheld afterwards. Refuses with `nothing-to-change` when none of it is silent.
 * Source: scenarios A.3, "one action to take it back"; ruling R22.
 */
export function takeBackSilent(
  record: DeviceRecord,
  { scopes, nowMs }: { readonly scopes?: Scopes | undefined; readonly nowMs: number },
  policy: Pick<Policy, "legacyRecords">,
): Lowering | Refused {
  const { device } = withoutEnded(record, nowMs)
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  const taken = device.silentScopes.filter((scope) => scopes === undefined || scopes.includes(scope))
  if (taken.length === 0) return { ok: false, because: "nothing-to-change" }
  return lowerCeiling(record, { remove: taken, nowMs }, policy)
}
