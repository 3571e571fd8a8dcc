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
export const outcomes = ["approved", "rejected", "silent", "expired"] as const

export type Outcome = (typeof outcomes)[number]

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
  readonly totals: Readonly<Record<Outcome, number>>
  /** Those who decided most. One without an id stands for all sessions on the wire. */
  readonly people: readonly {
    readonly id: string | null
    readonly name: string
    readonly approved: number
    readonly rejected: number
  }[]
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
    readonly marks: readonly { readonly mark: Exclude<DeviceMark, "online">; readonly count: number }[]
  }
  /** The longest waiting first. */
  readonly rotations: { readonly count: Count; readonly rows: readonly WaitingRotation[] }
}
