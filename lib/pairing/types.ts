/**
 * The words of the decision library. Everything here is plain data: the same values travel through the rules,
 * the store, the wire and the page. Instants are milliseconds since the epoch and end in `AtMs` or `UntilMs`;
 * durations end in `Ms`.
 */

export type Role = "operator" | "node"

/** Scope names as they were granted or asked: trimmed, without blanks or duplicates, order kept (R3). */
export type Scopes = readonly string[]

/** What a device says of itself. Self-reported, so it is shown but decides nothing (unless pinned by policy). */
export type Metadata = {
  readonly displayName: string | null
  readonly clientId: string | null
  readonly clientMode: string | null
  readonly clientVersion: string | null
  readonly platform: string | null
  readonly deviceFamily: string | null
  readonly commands: readonly string[]
}

/**
 * A replaced token that still opens the door, for its own device only, until the new one is first used.
 * `untilMs` is the end of the grace of a rotation on pickup; null has no end of its own.
 */
export type Predecessor = {
  readonly tokenId: string
  readonly scopes: Scopes
  readonly because: "rotation" | "replacement"
  readonly untilMs: number | null
}

/** The credential of one device for one role. The secret itself is derived elsewhere from `tokenId`. */
export type Token = {
  readonly tokenId: string
  readonly role: Role
  /** The current scopes. */
  readonly scopes: Scopes
  /** What a person took out of this token in the console; asking for it is no error (see decideConnect). */
  readonly narrowedAway: Scopes
  /** When the role got its first token. Survives replacement. */
  readonly createdAtMs: number
  /** When this very token was issued. */
  readonly issuedAtMs: number
  /** First time it went out in a hello-ok; null while it waits for its device. */
  readonly deliveredAtMs: number | null
  /** First time its device authenticated with it; null until it was picked up. */
  readonly usedAtMs: number | null
  readonly revokedAtMs: number | null
  /** At most two: the last one the device used, and one that was delivered since (docs/decisions/013). */
  readonly predecessors: readonly Predecessor[]
}

/**
 * The last instants of what a person granted for a time, by scope and, under a role's own name, by role. One that is
 * over stays until a person decides again, so that no silent lane brings back what it ended (docs/decisions/023).
 */
export type Ends = Readonly<Record<string, number>>

/** A paired device and its rights. */
export type Device = {
  readonly deviceId: string
  readonly publicKey: string
  readonly roles: readonly Role[]
  /** The ceiling. Null only on legacy records, whose `legacyScopes` then serve as ceiling (R2). */
  readonly approvedScopes: Scopes | null
  /** The `scopes` field of a record of early 2026; null where it was absent. */
  readonly legacyScopes: Scopes | null
  /** Declined, lowered or taken back by a person; no silent lane grants these (R22). */
  readonly withheld: Scopes
  /** The part of the ceiling that came silently and that no person has approved since. */
  readonly silentScopes: Scopes
  readonly ends: Ends
  readonly tokens: Readonly<Partial<Record<Role, Token>>>
  readonly metadata: Metadata
  /**
   * The commands that a person approved for the node role; null where none ever approved that role with its commands
   * shown. Looked at only while a gateway behind this one runs them.
   */
  readonly approvedCommands: readonly string[] | null
  /** The platform and device family that were shown with them. */
  readonly nodePlatform: string | null
  readonly nodeFamily: string | null
  /** How the record came about: by a person, or the lane that let it in. */
  readonly approvedVia: "person" | Lane
  readonly pairedAtMs: number
  readonly approvedAtMs: number
  /** Grows with every change of rights; part of the digest that an approval names. */
  readonly revision: number
}

export type PairingReason = "not-paired" | "metadata-upgrade" | "role-upgrade" | "scope-upgrade"

/** A request that waits for a person. Content is frozen at filing; only `triedAtMs` and `tries` move (R14, R15). */
export type PendingRequest = {
  readonly requestId: string
  readonly deviceId: string
  readonly publicKey: string
  readonly role: Role
  readonly scopes: Scopes
  readonly reason: PairingReason
  readonly metadata: Metadata
  readonly filedAtMs: number
  readonly triedAtMs: number
  readonly tries: number
}

/** A rejection that is still in force: the same or a narrower ask is refused until `untilMs` (R21). */
export type Hold = {
  readonly requestId: string
  readonly publicKey: string
  readonly role: Role
  readonly scopes: Scopes
  /** What the rejected request offered; counts for nodes only. */
  readonly commands: readonly string[]
  readonly untilMs: number
}

/**
 * Everything the rules may know about one device id: the paired device if any, its requests, the rejections in
 * force, and which of the keys concerned are blocked. Expired requests may be included; the rules ignore them.
 */
export type DeviceRecord = {
  readonly device: Device | null
  readonly requests: readonly PendingRequest[]
  readonly holds: readonly Hold[]
  readonly blockedKeys: readonly string[]
}

/** The ways to authenticate that the policy tells apart. */
export type AuthKind = "none" | "token" | "password" | "trusted-proxy" | "device-token"

/** The automatic lanes that may let a connect in without a person. */
export type Lane = "local" | "node-cidr" | "same-key" | "identity-proxy"

/** Whose authority a command is given with (R13). `deviceId` is set only for sessions opened by a device token. */
export type Authority = { readonly scopes: Scopes; readonly deviceId: string | null }

export type Refusal =
  | "not-found"
  | "already-resolved"
  | "request-changed"
  | "rights-changed"
  | "approver-missing-scope"
  | "caller-missing-scope"
  | "caller-rights-ended"
  | "note-required"
  | "not-confirmed"
  | "warned-since"
  | "not-own-device"
  | "own-role-upgrade"
  | "own-commands"
  | "own-end"
  | "end-passed"
  | "grant-ended"
  | "grant-outside-request"
  | "unknown-device-or-role"
  | "missing-approved-baseline"
  | "scope-outside-approved-baseline"
  | "token-revoked"
  | "malformed-scope"
  | "would-lock-out"
  | "nothing-to-change"
  | "too-many-tags"
  | "still-connected"
  | "another-machine"
  | "blocked"

/** What a command would end that a person hardly wants to end unawares. */
export type LockoutLoss = "last-admin" | "last-pairing" | "own-device"

export type Refused = {
  readonly ok: false
  readonly because: Refusal
  readonly missing?: Scopes
  /** With `would-lock-out`: what to ask the person about. */
  readonly losses?: readonly LockoutLoss[]
}

export type Policy = {
  readonly autoApproveLocal: boolean
  readonly localPairing: "silent" | "manual"
  readonly localScopeUpgrade: "silent" | "manual"
  readonly browserScopeUpgrade: "first-party" | "never"
  readonly roleUpgrade: "manual" | "local-silent"
  readonly pairedUpgrade: "manual" | "same-key-auto"
  readonly silentAuthKinds: readonly AuthKind[]
  /** Null means no cap. */
  readonly silentScopeCeiling: Scopes | null
  readonly tsNetHostIsLocal: boolean
  readonly firstPartyOrigins: readonly string[]
  readonly nodeAutoApproveCidrs: readonly string[]
  readonly trustedProxyUpgrade: { readonly enabled: boolean; readonly scopes: Scopes }
  readonly legacyRecords: "baseline" | "re-pair"
  readonly pendingTtlMs: number
  /** 0 switches the hold off. */
  readonly rejectHoldMs: number
  readonly localCliWithoutDevice: "allow" | "refuse"
  /** Whether a changed platform or device family of a paired device is a `metadata-upgrade`. */
  readonly metadataPinning: "off" | "all"
  /** Whether a role upgrade may be approved over the wire, or in the console only. */
  readonly roleUpgradeApproval: "anywhere" | "console"
  /** Whether an approval that hands over much needs a note for the record (see `needsConfirmation`). */
  readonly graveGrantNote: "optional" | "required"
}
