import type { ManualReason } from "@/lib/pairing/decision"
import type { ScopeDifference } from "@/lib/pairing/difference"
import type { Observation } from "@/lib/pairing/explain"
import type { PairingReason, Role, Scopes } from "@/lib/pairing/types"
import type { RequestStatus } from "@/lib/store/request-status"
import type { Undoing } from "@/lib/store/undo-approval"
import type { AuditRow } from "./types"

/** A request that waits for a decision, as the list shows it. */
export type RequestRow = {
  readonly requestId: string
  readonly deviceId: string
  /** What an admin calls the device, if it is paired. */
  readonly label: string | null
  /** What the device calls itself. */
  readonly displayName: string | null
  readonly role: Role
  /** The roles that are in force. */
  readonly heldRoles: readonly Role[]
  /** Whether the device had the asked role before, and it was revoked or ended. */
  readonly isRoleBack: boolean
  /** Whether another key, paired or asking too, goes by nearly the same name. */
  readonly isLookalike: boolean
  /** Counts the changes of what the device may do; null for one that is not paired. */
  readonly rightsRevision: number | null
  readonly reason: PairingReason
  readonly scopes: Scopes
  /** The asked scopes that were not approved when it was filed. */
  readonly missing: Scopes
  readonly client: string | null
  readonly platform: string | null
  readonly address: string
  readonly isLocal: boolean
  readonly filedAtMs: number
  readonly triedAtMs: number
  readonly tries: number
  /** The last instant at which it can be decided, unless the device asks again. */
  readonly expiresAtMs: number
}

export type RequestQueue = {
  /** The one reason for which all of them wait; null for a list of all reasons. */
  readonly reason: PairingReason | null
  /** Oldest first. */
  readonly rows: readonly RequestRow[]
  /** True when more are waiting than are listed. */
  readonly isMore: boolean
  /** The most that are listed. */
  readonly most: number
}

/** How many wait for each reason; none counts further than one more than the list takes. */
export type WaitingCounts = Readonly<Record<PairingReason, number>>

/** A request that ended, as the list shows it. */
export type EndedRow = {
  readonly requestId: string
  readonly deviceId: string
  readonly displayName: string | null
  readonly role: Role
  readonly reason: PairingReason
  readonly status: Exclude<RequestStatus, "pending">
  readonly endedAtMs: number
  readonly endedBy: Actor | null
  readonly scopes: Scopes
  readonly granted: Scopes | null
  readonly withheld: Scopes
  readonly filedAtMs: number
  readonly tries: number
  readonly aftermath: Aftermath
}

type Actor = Pick<AuditRow["actor"], "kind" | "name">

/** What came of a request beside how it ended. */
export type Aftermath = {
  /** With what a dropped one ended: its key was blocked, its device removed, or replaced by another key. */
  readonly droppedWith: "blocked" | "removed" | "replaced" | null
  /** Who undid its approval and when, and the scopes that this took back; null where the role was. */
  readonly undone: { readonly atMs: number; readonly by: Actor; readonly removed: Scopes | null } | null
}

export type EndedPage = {
  readonly rows: readonly EndedRow[]
  /** Where the next, older page begins; null at the end. */
  readonly next: string | null
}

/** Who did something to a scope, and when. */
export type ScopeEvent = { readonly atMs: number; readonly by: string }

export type ScopeAsked = ScopeDifference & {
  /** When a person declined it, lowered the ceiling below it, or took it back. */
  readonly withheldBy: ScopeEvent | null
  /** When it was taken out of the token, where it is still approved. */
  readonly narrowedBy: ScopeEvent | null
}

/** One thing that a device says otherwise in its latest try than when the request was filed. */
export type ChangedClaim = { readonly what: string; readonly filed: string | null; readonly latest: string | null }

/** Another key that goes by nearly the same name: a paired device, or one that asks too. */
export type Lookalike = {
  readonly deviceId: string
  /** Null for a paired device. */
  readonly requestId: string | null
  readonly name: string | null
  readonly address: string | null
}

/** What a person should mind before deciding on a request. None of it decides anything by itself. */
export type Warning =
  | { readonly kind: "name"; readonly others: readonly Lookalike[] }
  /** Paired devices that were last seen at the address that asks now, with another key. */
  | { readonly kind: "address"; readonly address: string; readonly others: readonly Lookalike[] }
  /** This very key was removed before. */
  | { readonly kind: "removed-key"; readonly atMs: number; readonly by: string; readonly note: string | null }
  /** Another key that went by nearly the same name was removed, or is blocked. */
  | {
      readonly kind: "removed-name" | "blocked-name"
      readonly deviceId: string
      readonly atMs: number
      readonly by: string
    }
  /** Many keys wait from one address. */
  | { readonly kind: "burst"; readonly address: string; readonly keys: number }

/** One command that a node offers to the gateway behind. */
export type CommandAsked = {
  readonly command: string
  readonly reach: "runs-programs" | "reaches-machine" | "itself"
  /** A person approved it before. */
  readonly isApproved: boolean
}

/** Everything that stands on the page of one request. */
export type RequestView = {
  readonly requestId: string
  readonly deviceId: string
  readonly publicKey: string
  readonly label: string | null
  readonly displayName: string | null
  readonly role: Role
  /** The roles that are in force. */
  readonly heldRoles: readonly Role[]
  readonly reason: PairingReason
  readonly scopes: Scopes
  readonly client: string | null
  readonly clientMode: string | null
  readonly platform: string | null
  readonly commands: readonly CommandAsked[]
  /** What a person approved this node as, where it says otherwise now. */
  readonly approvedAs: { readonly platform: string | null } | null
  readonly address: string
  readonly filedAtMs: number
  readonly triedAtMs: number
  readonly tries: number
  /** Whether a device is paired under this id, with this key or another one. */
  readonly paired: "no" | "same-key" | "other-key"
  /** Counts the changes of what the device may do; null for one that is not paired. */
  readonly rightsRevision: number | null
  readonly isRoleRevoked: boolean
  /** When a person revoked the role. */
  readonly roleRevokedAtMs: number | null
  /** When the role ended, where a person had approved it for a time. */
  readonly roleEndedAtMs: number | null
  /** Whether its key is blocked now, whatever became of the request. */
  readonly isBlocked: boolean
  readonly manual: ManualReason | null
  readonly observations: readonly Observation[]
  readonly changedClaims: readonly ChangedClaim[]
  readonly warnings: readonly Warning[]
  readonly state: Waiting | Ended
}

export type Waiting = {
  readonly kind: "waiting"
  readonly expiresAtMs: number
  /** Names what is shown here; an approval of anything else is refused. */
  readonly digest: string
  readonly scopes: readonly ScopeAsked[]
  readonly kept: Scopes
  /** Whether the policy wants a note with a grant that needs confirmation. */
  readonly isNoteRequired: boolean
  /** How long a rejection would hold. */
  readonly rejectHoldMs: number
}

export type Ended = {
  readonly kind: "ended"
  readonly status: Exclude<RequestStatus, "pending">
  readonly endedAtMs: number
  readonly endedBy: Actor | null
  readonly note: string | null
  /** What its device is told of why. */
  readonly toldReason: string | null
  readonly granted: Scopes | null
  /** The end that what was granted had from the beginning; null for good. */
  readonly grantedUntilMs: number | null
  readonly withheld: Scopes
  readonly supersededBy: string | null
  /** Until when a rejection holds; null when none is in force. */
  readonly heldUntilMs: number | null
  /** What undoing a just-made approval would do; null where there is nothing to undo. */
  readonly undo: Undoing | null
  /** When those of the asked scopes that its device holds now and that end by themselves do so. */
  readonly endsNow: Readonly<Record<string, number>>
  readonly aftermath: Aftermath
}
