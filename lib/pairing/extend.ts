import { missingAuthority } from "./authority"
import { withDevice } from "./device"
import { isRoleName, runningEnds, withoutEnded } from "./ends"
import type { Authority, DeviceRecord, Refused, Role, Scopes } from "./types"

export type ExtendInput = {
  /** The scopes, and roles by their own names, whose end is put off. */
  readonly names: Scopes
  /** The new last instant; null makes them last for good. */
  readonly untilMs: number | null
  /** The revision of the rights that a person saw when they chose. */
  readonly shownRevision: number
  readonly authority: Authority
  readonly nowMs: number
}

export type Extension = {
  readonly ok: true
  readonly next: DeviceRecord
  /** What ends later now, or not at all. */
  readonly extended: Scopes
}

/**
 * Puts off the end of what was granted for a time, or makes it last for good. It is an approval in rank: it takes the
 * authority that approving those scopes takes, and no device does it for itself. It never brings an end nearer, and
 * brings nothing back: what is over has to be asked for again. A role that ends by itself lasts as long as the scopes of
 * it that are extended.
 * Refuses with `unknown-device-or-role`, `blocked`, `own-end`, `rights-changed`, `grant-ended` (one of them is over, or
 * never had an end), `approver-missing-scope`, `nothing-to-change`; a refusal changes nothing.
 * Source: ruling R13; design, Time-boxed grants; docs/decisions/023.
 */
export function extendGrant(stored: DeviceRecord, input: ExtendInput): Extension | Refused {
  const { names, untilMs, authority, nowMs } = input
  const record = withoutEnded(stored, nowMs)
  const { device } = record
  if (device === null) return { ok: false, because: "unknown-device-or-role" }
  if (record.blockedKeys.includes(device.publicKey)) return { ok: false, because: "blocked" }
  if (authority.deviceId === device.deviceId) return { ok: false, because: "own-end" }

  const running = runningEnds(device).map(({ name }) => name)
  const isOver = names.some((name) => !running.includes(name))
  if (isOver) return { ok: false, because: "grant-ended" }
  if (input.shownRevision !== device.revision) return { ok: false, because: "rights-changed" }
  const concerned: readonly Role[] = (["operator", "node"] as const).filter((role) =>
    names.some((name) => roleOf(name) === role),
  )
  for (const role of concerned) {
    const scopes = names.filter((name) => !isRoleName(name) && roleOf(name) === role)
    const lacking = missingAuthority(authority, role, scopes, "approver-missing-scope")
    if (lacking !== null) return lacking
  }

  const ends = new Map(Object.entries(device.ends))
  const isLater = (name: string) => untilMs === null || untilMs > (ends.get(name) ?? untilMs)
  const wanted = [...names, ...concerned.filter((role) => running.includes(role) && !names.includes(role))]
  const extended = wanted.filter(isLater)
  if (extended.length === 0) return { ok: false, because: "nothing-to-change" }
  for (const name of extended) {
    if (untilMs === null) ends.delete(name)
    else ends.set(name, untilMs)
  }
  return { ok: true, next: withDevice(record, { ...device, ends: Object.fromEntries(ends) }), extended }
}

function roleOf(name: string): Role {
  return name === "node" || name.startsWith("node.") ? "node" : "operator"
}
