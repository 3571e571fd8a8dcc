import type { Lane, PairingReason, Role } from "@/lib/pairing/types"
import type { DeviceMark } from "./device-filter"

/** Days that the overview looks back, today included, as the page offers them. */
export const overviewPeriods = [7, 30, 90] as const

export type OverviewPeriod = (typeof overviewPeriods)[number]

/** The period of a URL; what is none is a month. */
export function parsePeriod(text: string | readonly string[] | null | undefined): OverviewPeriod {
  return overviewPeriods.find((days) => String(days) === text) ?? 30
}

/** How requests for rights went on: the kinds that are drawn, in the order in which they stand on each other. */
export const outcomes = ["approved", "rejected", "blocked", "silent", "expired"] as const

export type Outcome = (typeof outcomes)[number]

/** Decisions that were taken back: approvals and rejections, which count as such too, for they were made. */
export const corrections = ["undone", "reopened"] as const

export type Correction = (typeof corrections)[number]

/** What a person decides, in the order of the columns. */
export const decisions = ["approved", "rejected", "blocked"] as const satisfies readonly Outcome[]

/** A count; `more` when there are more than were counted. */
export type Count = { readonly value: number; readonly more: boolean }

/** One day (UTC), by the instant at which it begins. */
export type OverviewDay = { readonly startMs: number } & Readonly<Record<Outcome, number>>

/** A share of the decisions took no longer than this one, which is a request to look at. */
export type DecisionTime = { readonly tookMs: number; readonly requestId: string }

/** A token that was rotated and that its device has not used yet. */
export type WaitingRotation = {
  readonly deviceId: string
  readonly name: string | null
  readonly role: Role
  readonly rotatedAtMs: number
  readonly isDelivered: boolean
  /** Until when the token before it is good, for picking this one up; null where none is good any more. */
  readonly oldUntilMs: number | "pickup" | null
}

/** How often one person decided and took back; a decision is taken back by whoever does it. */
export type PersonCounts = Readonly<Record<(typeof decisions)[number] | Correction, number>>

export type Overview = {
  readonly nowMs: number
  readonly period: OverviewPeriod
  /** The first instant of the period: midnight, UTC. */
  readonly fromMs: number
  /** Nothing is paired, nothing waits and nothing was ever decided. */
  readonly isEmpty: boolean
  readonly pending: {
    readonly total: number
    readonly oldestFiledAtMs: number | null
    readonly byReason: readonly { readonly reason: PairingReason; readonly count: number }[]
  }
  readonly days: readonly OverviewDay[]
  readonly totals: Readonly<Record<Outcome | Correction, number>>
  /** Those who decided most. One without an id stands for all sessions on the wire. */
  readonly people: readonly ({ readonly id: string | null; readonly name: string } & PersonCounts)[]
  readonly hasMorePeople: boolean
  readonly lanes: readonly { readonly lane: Lane; readonly count: number }[]
  /** Over the latest decisions of people only; null where there are none. */
  readonly timing: {
    readonly sample: number
    readonly isCut: boolean
    readonly median: DecisionTime
    readonly ninety: DecisionTime
  } | null
  /** How long ended requests are kept, where that is shorter than the period. */
  readonly requestsKeptDays: number | null
  readonly devices: {
    readonly total: number
    readonly online: Count
    readonly unseen: readonly (Count & { readonly days: number })[]
    /** With the blocked ones count blocked keys that are no devices: the list has them below it. */
    readonly marks: readonly (Count & { readonly mark: Exclude<DeviceMark, "online"> })[]
  }
  /** The longest waiting first. */
  readonly rotations: { readonly count: Count; readonly rows: readonly WaitingRotation[] }
}
