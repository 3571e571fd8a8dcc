import { type Lowering, lowerCeiling } from "./ceiling"
import { ceilingOf, currentScopes } from "./device"
import { withoutEnded } from "./ends"
import { type Raising, raise } from "./raise"
import { type Release, releaseWithheld } from "./release"
import { type RotateInput, type Rotation, rotate } from "./rotate"
import { cleanScopes, covers, cutTo, ofRole, sameScopes, uncovered, union } from "./scopes"
import type { Authority, DeviceRecord, Policy, Refused, Role, Scopes } from "./types"

/** What a choice of approved scopes comes to, beside what is approved. */
export type CeilingPlan = {
  /** Scopes that leave by name, and narrower ones within them that stay. */
  readonly remove: Scopes
  readonly keep: Scopes
  /** What would be taken away and what would be given, by what is covered. */
  readonly taken: Scopes
  readonly given: Scopes
  /** What leaves by name but stays in effect, since what is given includes it: it then lasts as long as that. */
  readonly within: Scopes
  /** The ceiling afterwards. */
  readonly after: Scopes
}

/**
 * What lies between the ceiling of a role and the one that a person ticked: what has to be lowered, and what is an
 * approval. A scope that another ticked one includes makes no difference.
 * Source: design, "Narrowing that lasts is lowering the ceiling" and "to give more is an approval".
 */
export function planCeiling(ceiling: Scopes, wanted: Scopes): CeilingPlan {
  const given = uncovered(ceiling, wanted)
  const keep = wanted.filter((scope) => !ceiling.includes(scope) && covers(ceiling, [scope]))
  const left = union(
    ceiling.filter((scope) => wanted.includes(scope)),
    keep,
  )
  const leaving = uncovered(left, ceiling)
  const remove = ceiling.filter((scope) => !wanted.includes(scope))
  return {
    ...{ remove, keep, given },
    taken: uncovered(given, leaving),
    within: leaving.filter((scope) => covers(given, [scope])),
    after: union(leaving.length === 0 ? ceiling : left, given),
  }
}

/** What of a token is left when a plan is carried out: what stays approved, and what is given. */
export function tokenAfter({ after, given }: CeilingPlan, current: Scopes): Scopes {
  const left = after.filter((scope) => !given.includes(scope))
  return union(cutTo(left, current), given)
}

export type EditInput = {
  readonly role: Role
  /** What is to be approved for the role afterwards. */
  readonly approved: readonly string[]
  /** What the role's token is to hold afterwards; null leaves it at what comes of the rest. */
  readonly token: readonly string[] | null
  /** Withheld scopes whose mark is taken off. */
  readonly release: Scopes
  readonly mode: RotateInput["mode"]
  /** The revision of the rights that a person saw when they chose. */
  readonly shownRevision: number
  readonly authority: Authority
  readonly policy: Pick<Policy, "legacyRecords" | "graveGrantNote">
  /** What the person wrote for the record; the policy may ask for it. */
  readonly note?: string | null | undefined
  /** The last instant of what is given; null or absent: it is for good. */
  readonly untilMs?: number | null | undefined
  readonly nowMs: number
  readonly freshTokenIds: { readonly raise: string; readonly rotate: string }
}

/** One part of an edit; each is written down as the command that it is. */
export type EditStep =
  | { readonly kind: "lowered"; readonly result: Lowering }
  | { readonly kind: "raised"; readonly result: Raising }
  | { readonly kind: "released"; readonly result: Release }
  | { readonly kind: "rotated"; readonly result: Rotation }

export type Edit = { readonly ok: true; readonly next: DeviceRecord; readonly steps: readonly EditStep[] }

/**
 * Sets the approved scopes and the token of a role to what a person chose, by the commands that there are for it:
 * lowering, an approval, taking marks off, a rotation; only those that are needed, in this order, all or none. Refuses
 * with `unknown-device-or-role`, `rights-changed` (since they were shown), `nothing-to-change`, and with what those
 * commands refuse with.
 */
export function editRights(stored: DeviceRecord, input: EditInput): Edit | Refused {
  const { role, authority, policy, nowMs, freshTokenIds, mode, note, untilMs } = input
  const record = withoutEnded(stored, nowMs)
  const { device } = record
  if (device === null || !device.roles.includes(role)) return { ok: false, because: "unknown-device-or-role" }
  if (device.revision !== input.shownRevision) return { ok: false, because: "rights-changed" }

  const plan = planCeiling(ofRole(ceilingOf(device, policy), role), cleanScopes(input.approved))
  const wanted = input.token === null ? null : cleanScopes(input.token)
  const tries: ((now: DeviceRecord) => EditStep | Refused | null)[] = [
    (now) => {
      // A name within what is given leaves too, so that it goes with that one day, withheld, and does not outlast it.
      if (plan.taken.length + plan.within.length === 0) return null
      return step("lowered", lowerCeiling(now, { ...plan, nowMs }, policy))
    },
    (now) => {
      if (plan.given.length === 0) return null
      const by = { authority, policy, note, nowMs, freshTokenId: freshTokenIds.raise }
      return step("raised", raise(now, { role, scopes: plan.given, untilMs, ...by }))
    },
    (now) => {
      // What was granted just now has lost its mark already, and what was lowered just now keeps it.
      const scopes = input.release.filter(
        (scope) => device.withheld.includes(scope) && now.device?.withheld.includes(scope),
      )
      return scopes.length === 0 ? null : step("released", releaseWithheld(now, { scopes, authority, nowMs }))
    },
    (now) => {
      if (wanted === null || now.device === null || sameScopes(currentScopes(now.device, role), wanted)) return null
      const freshTokenId = freshTokenIds.rotate
      const rotation = { role, scopes: wanted, mode, rememberNarrowing: true, authority, policy, nowMs, freshTokenId }
      return step("rotated", rotate(now, rotation))
    },
  ]
  const steps: EditStep[] = []
  let next = record
  for (const attempt of tries) {
    const done = attempt(next)
    if (done === null) continue
    if ("because" in done) return done
    steps.push(done)
    next = done.result.next
  }
  return steps.length === 0 ? { ok: false, because: "nothing-to-change" } : { ok: true, next, steps }
}

function step<Kind extends string, Result extends { readonly ok: true }>(
  kind: Kind,
  result: Result | Refused,
): { readonly kind: Kind; readonly result: Result } | Refused {
  return "because" in result ? result : { kind, result }
}
