import { frozenCeiling, hasRole, withDevice } from "./device"
import { covers, cutTo, ofRole, uncovered } from "./scopes"
import { limitToken } from "./tokens"
import type { Device, DeviceRecord, Ends, Role, Scopes, Token } from "./types"

const roles = ["operator", "node"] as const

/** Whether a name in `ends` is the one of a role. Every scope has a dot in its name (R4). */
export function isRoleName(name: string): name is Role {
  return name === "operator" || name === "node"
}

/** Whether a person let this role in for a time, and that is over: only a person brings it back. */
export function isEndedRole(device: Device, role: Role): boolean {
  return !hasRole(device, role) && device.ends[role] !== undefined
}

/** What of a device is in force and ends by itself: scopes of the ceiling, and roles under their own names. */
export function runningEnds(device: Device): readonly { readonly name: string; readonly untilMs: number }[] {
  const ceiling = frozenCeiling(device)
  return Object.entries(device.ends)
    .filter(([name]) => (isRoleName(name) ? hasRole(device, name) : ceiling.includes(name)))
    .map(([name, untilMs]) => ({ name, untilMs }))
}

/** When the first of what a device holds ends; null when nothing does. */
export function nextEndMs(device: Device): number | null {
  const ends = runningEnds(device).map(({ untilMs }) => untilMs)
  return ends.length === 0 ? null : Math.min(...ends)
}

/**
 * Until when a scope is held, itself or within others: null for good, or where it is not held at all. What covers it
 * longest counts.
 */
export function endOf(device: Pick<Device, "ends">, ceiling: Scopes, scope: string): number | null {
  const ends = ceiling.filter((held) => covers([held], [scope])).map((held) => device.ends[held] ?? null)
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0))
}

export type Ending = {
  readonly next: DeviceRecord
  /** The scopes and roles whose time is over, by the names under which they stand in `ends`. */
  readonly ended: readonly string[]
  /** The last instant of the latest of them. */
  readonly atMs: number
  /** Roles that lost something, so that their sessions must end. */
  readonly roles: readonly Role[]
}

/**
 * What of a record is over at an instant; null when nothing is. The scopes leave ceiling and tokens, predecessors too;
 * a role that was let in for a time ends as by a revocation. The ends stay on record, so that no silent lane brings
 * back what they ended. The revision counts every end by itself, so that it is the same whenever it is written.
 * At the last instant exactly it is all still in force, as a request is (R15).
 * Source: design, Time-boxed grants; docs/decisions/023.
 */
export function endGrants(record: DeviceRecord, nowMs: number): Ending | null {
  const { device } = record
  if (device === null) return null
  const over = runningEnds(device).filter(({ untilMs }) => nowMs > untilMs)
  if (over.length === 0) return null
  const ended = over.map(({ name }) => name)
  const before = frozenCeiling(device)
  const left = before.filter((scope) => !ended.includes(scope))
  const lost = uncovered(left, before)

  const tokens: Partial<Record<Role, Token>> = {}
  for (const role of roles) {
    const token = device.tokens[role]
    if (token === undefined) continue
    const limited = limitToken(token, ofRole(left, role))
    tokens[role] = ended.includes(role)
      ? { ...limited, revokedAtMs: device.ends[role] ?? nowMs, predecessors: [] }
      : limited
  }
  const instants = new Set(over.map(({ untilMs }) => untilMs))
  const changed: Device = {
    ...device,
    // A role without a token would be in force again; none was let in for a time without one.
    roles: device.roles.filter((role) => !ended.includes(role) || tokens[role] !== undefined),
    approvedScopes: left,
    silentScopes: cutTo(left, device.silentScopes),
    tokens,
    revision: device.revision + instants.size - 1,
  }
  const next = withDevice({ ...record, device: changed }, changed)
  const closing = roles.filter((role) => ended.includes(role) || ofRole(lost, role).length > 0)
  return { next, ended, atMs: Math.max(...instants), roles: closing }
}

/** The record as it is at an instant, whether or not anybody has written yet what ended; the same object if nothing did. */
export function withoutEnded(record: DeviceRecord, nowMs: number): DeviceRecord {
  return endGrants(record, nowMs)?.next ?? record
}

/**
 * The ends after a grant: what it adds ends with it; a narrower name that comes along ends with what it was held within;
 * what was approved before keeps its end or its having none. Only what comes back with its role (`renewed`) lasts as long
 * as was chosen now, or as it did, whichever is later. What is held again is no longer marked as ended.
 * Source: docs/decisions/023.
 */
export function endsAfter(
  device: Device | null,
  {
    before,
    ceiling,
    untilMs,
    renewed = [],
  }: {
    readonly before: Scopes
    readonly ceiling: Scopes
    readonly untilMs: number | null
    readonly renewed?: Scopes
  },
): Ends {
  const known = device?.ends ?? {}
  const ends = new Map(Object.entries(known).filter(([name]) => isKept(name, before, ceiling)))
  for (const scope of ceiling.filter((held) => !before.includes(held) || renewed.includes(held))) {
    const ownMs = covers(before, [scope]) ? endOf({ ends: known }, before, scope) : untilMs
    const end = renewed.includes(scope) ? laterEnd(ownMs, untilMs) : ownMs
    if (end === null) ends.delete(scope)
    else ends.set(scope, end)
  }
  return Object.fromEntries(ends)
}

function laterEnd(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other)
}

function isKept(name: string, before: Scopes, ceiling: Scopes): boolean {
  return isRoleName(name) || before.includes(name) || !covers(ceiling, [name])
}

/**
 * The ends with that of a role after an approval: of a role that it brought into force, its own; of one that was let in
 * for a time and got more scopes, the later one, for a role lives as long as its scopes; otherwise as it was.
 * Source: docs/decisions/023.
 */
export function withRoleEnd(
  ends: Ends,
  role: Role,
  { isNew, isMore, untilMs }: { readonly isNew: boolean; readonly isMore: boolean; readonly untilMs: number | null },
): Ends {
  const { [role]: own, ...others } = ends
  if (!isNew && (own === undefined || !isMore)) return ends
  if (untilMs === null) return others
  return { ...others, [role]: isNew ? untilMs : Math.max(own ?? untilMs, untilMs) }
}

/**
 * Whether no silent lane may give this scope: a person set an end to it, to what it is part of, or to part of it, and
 * it would come back after that end or outlive it. What is held for good does not count, nor what is held now.
 * Source: ruling R22; docs/decisions/023.
 */
export function isTimeBoxed(device: Device, ceiling: Scopes, scope: string): boolean {
  if (covers(ceiling, [scope])) return false
  const lasting = ceiling.filter((held) => device.ends[held] === undefined)
  return Object.keys(device.ends).some(
    (name) => !isRoleName(name) && !covers(lasting, [name]) && (covers([scope], [name]) || covers([name], [scope])),
  )
}
