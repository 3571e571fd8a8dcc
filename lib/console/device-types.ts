import type { LockoutFacts } from "@/lib/pairing/lockout"
import type { PairingReason, Role, Scopes } from "@/lib/pairing/types"
import type { ScopeHistory } from "./device-history-types"
import type { AuditRow } from "./types"

/** How a token stands on its way to the device; `none` for a role that has no token (ruling R19). */
export type TokenStanding = "none" | "waiting" | "delivered" | "picked-up" | "revoked"

/** Who or which rule did something, and when. */
export type Provenance = {
  readonly atMs: number
  readonly actor: AuditRow["actor"]
  readonly silent: boolean
  readonly requestId: string | null
}

/** One scope of one role, on the device's page. */
export type ScopeRight = {
  readonly scope: string
  /** In the live token by name. */
  readonly inToken: boolean
  /** Not named in the token, but covered by another scope that is. */
  readonly impliedByToken: boolean
  readonly isApproved: boolean
  readonly isSilent: boolean
  readonly isWithheld: boolean
  readonly approved: Provenance | null
  readonly withheld: Provenance | null
  /** When it left the token, if it is approved and not in it. */
  readonly left: Provenance | null
  /** Until when it is held, itself or within others, where it is approved for a time. */
  readonly untilMs: number | null
}

export type TokenView = {
  readonly idPrefix: string
  readonly standing: Exclude<TokenStanding, "none">
  readonly scopes: Scopes
  readonly narrowedAway: Scopes
  readonly createdAtMs: number
  readonly issuedAtMs: number
  readonly issuedHow: string
  readonly issuedBy: string
  readonly deliveredAtMs: number | null
  readonly usedAtMs: number | null
  readonly lastUsedAtMs: number | null
  readonly revoked: { readonly atMs: number; readonly byName: string | null } | null
  readonly predecessors: readonly { readonly scopes: Scopes; readonly untilMs: number | null }[]
}

/** Scopes, or a role by its own name, that end together. */
export type EndingGrant = {
  readonly untilMs: number
  readonly names: Scopes
  /** For how long it was given the last time. */
  readonly lengthMs: number | null
}

/** A role of a device: its rights and its token. */
export type RoleView = {
  readonly role: Role
  /** What of it ends by itself, the next first. */
  readonly ending: readonly EndingGrant[]
  /** When it ended, where it was approved for a time that is over. */
  readonly endedAtMs: number | null
  readonly ceiling: Scopes
  readonly scopes: readonly ScopeRight[]
  readonly token: TokenView | null
}

export type WaitingRequest = {
  readonly requestId: string
  readonly role: Role
  readonly reason: PairingReason
  readonly scopes: Scopes
  readonly filedAtMs: number
  readonly triedAtMs: number
  readonly expiresAtMs: number
  readonly tries: number
  /** When the role that it asks for was revoked or ended, if the device had it before. */
  readonly roleRevokedAtMs: number | null
  readonly roleEndedAtMs: number | null
}

export type LiveSession = {
  readonly connId: string
  readonly role: Role
  readonly scopes: Scopes
  readonly address: string
  readonly client: string | null
  readonly sinceMs: number
  /** What it called within the last hour, the most called first; null where nothing is behind that could be called. */
  readonly calls: readonly CallRow[] | null
}

/** One method that a live session called, and the scope that it needs: null for none, undefined for an unknown one. */
export type CallRow = {
  readonly method: string
  readonly count: number
  readonly refused: number
  readonly missingScope: string | null
  readonly scope: string | null | undefined
}

/** Approved scopes that a device did not use, by the methods it called. */
export type UnusedRights = {
  readonly days: number
  readonly suffices: Scopes
  readonly unused: Scopes
  readonly unknown: readonly string[]
}

/** What the console knows of a device id. A device that is not paired may still have waiting requests or a block. */
export type DeviceView = {
  readonly nowMs: number
  readonly deviceId: string
  readonly name: string | null
  readonly block: {
    readonly atMs: number
    readonly byName: string
    readonly note: string | null
    /** What the device is told of why. */
    readonly toldReason: string | null
  } | null
  readonly waiting: readonly WaitingRequest[]
  readonly sessions: readonly LiveSession[]
  readonly history: ScopeHistory
  readonly paired: PairedView | null
  /** What else there is, to tell what a command would cut off, and where the reader works. */
  readonly lockout: LockoutFacts & { readonly address: string }
}

export type PairedView = {
  readonly displayName: string | null
  readonly label: string | null
  readonly note: string
  readonly tags: readonly string[]
  readonly clientId: string | null
  readonly clientMode: string | null
  readonly clientVersion: string | null
  readonly platform: string | null
  readonly deviceFamily: string | null
  readonly commands: readonly string[]
  readonly pairedAtMs: number
  readonly approvedVia: string
  readonly approvedBy: string | null
  readonly lastSeenAtMs: number | null
  readonly lastAddress: string | null
  /** Counts the changes of the rights: what a command names, so that it does nothing to rights nobody saw. */
  readonly revision: number
  readonly roles: readonly RoleView[]
  readonly isNarrowed: boolean
  readonly silentScopes: Scopes
  /** What it could do without; null where nothing is known of that. */
  readonly unused: UnusedRights | null
  /** How long an old token lives on after a rotation on pickup. */
  readonly graceMs: number
  /** Connects that were let in without further ado, over the days that are kept. */
  readonly plainConnects: number
}
