import type { LocalityObservation, ManualReason } from "@/lib/pairing/decision"
import type { PairingReason, Role, Scopes } from "@/lib/pairing/types"
import type { RequestStatus } from "@/lib/store/request-status"
import type { AuditRow } from "./types"

/** One line under "What happened". */
export type DeviceEvent =
  | {
      readonly kind: "entry"
      readonly id: string
      readonly atMs: number
      readonly entry: AuditRow
      readonly request: LoggedRequest | null
    }
  | { readonly kind: "attempts"; readonly id: string; readonly atMs: number; readonly attempts: FoldedAttempts }

/** What became of the request that an entry is about. */
export type LoggedRequest = {
  readonly requestId: string
  readonly status: RequestStatus
  readonly reason: PairingReason
  readonly role: Role
  readonly scopes: Scopes
  readonly missing: Scopes
  readonly tries: number
  readonly filedAtMs: number
  readonly triedAtMs: number
  /** Which rule kept the silent lanes shut, and what was observed; null on rows of another version. */
  readonly manual: ManualReason | null
  readonly locality: LocalityObservation | null
}

/** Equal connects that were let in with less, or refused, counted. */
export type FoldedAttempts = {
  readonly outcome: string
  readonly reason: string
  readonly role: string
  readonly scopes: Scopes
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly address: string
}

/** A page of what happened to a device, newest first. */
export type DeviceEvents = { readonly rows: readonly DeviceEvent[]; readonly next: string | null }
