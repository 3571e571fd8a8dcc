import type { Role, Scopes } from "@/lib/pairing/types"
import type { AuditRow } from "./types"

/** A stretch of time; without an end it lasts. */
export type Span = { readonly fromMs: number; readonly untilMs: number | null }

export type LaneMark = {
  readonly id: string
  readonly atMs: number
  readonly kind:
    | "asked"
    | "approved"
    | "silent"
    | "extended"
    | "declined"
    | "withheld"
    | "lowered"
    | "ended"
    | "narrowed"
    | "revoked"
  /** Of what was approved or extended for a time, when that ends. */
  readonly untilMs: number | null
  readonly actor: AuditRow["actor"]
  readonly requestId: string | null
}

/** The history of one scope: when it was approved, when it was in the token, and what happened to it. */
export type ScopeLane = {
  readonly scope: string
  readonly approved: readonly Span[]
  readonly inToken: readonly Span[]
  readonly marks: readonly LaneMark[]
}

export type ScopeHistory = {
  readonly fromMs: number
  /** False when older changes were left out. */
  readonly isWhole: boolean
  readonly lanes: readonly ScopeLane[]
  /** Commands that concern a token or the ceiling as a whole. */
  readonly turns: readonly {
    readonly id: string
    readonly atMs: number
    readonly kind: "rotated" | "revoked" | "lowered" | "raised" | "taken-back" | "removed"
    readonly role: Role | null
    readonly scopes: Scopes
    readonly actor: AuditRow["actor"]
  }[]
}
