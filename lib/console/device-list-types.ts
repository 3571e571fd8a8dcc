import type { Role, Scopes } from "@/lib/pairing/types"
import type { TokenStanding } from "./device-types"

/** One device in the list. */
export type DeviceRow = {
  readonly deviceId: string
  /** The name an admin gave it, else the one it gave itself. */
  readonly name: string | null
  readonly roles: readonly { readonly role: Role; readonly current: Scopes; readonly token: TokenStanding }[]
  readonly approved: Scopes
  readonly isNarrowed: boolean
  readonly isSilent: boolean
  readonly isRevoked: boolean
  readonly isBlocked: boolean
  /** When the first of what it was granted for a time ends; null where nothing does. */
  readonly nextEndMs: number | null
  readonly isOnline: boolean
  /** Requests that wait for a decision. */
  readonly waiting: number
  readonly client: string | null
  readonly platform: string | null
  readonly pairedAtMs: number
  readonly approvedVia: string
  readonly lastSeenAtMs: number | null
  readonly lastAddress: string | null
  readonly tags: readonly string[]
  /** How many keys of its machine are paired, this one among them. */
  readonly pairings: number
}

/** A number that was counted up to a limit; `more` when there are more. */
export type BoundedCount = { readonly value: number; readonly more: boolean }

/** Blocked keys that are no devices: how many, and the latest of them. */
export type BlockedKeys = {
  readonly count: BoundedCount
  readonly rows: readonly {
    readonly deviceId: string
    /** What it called itself when it asked last. */
    readonly name: string | null
    readonly atMs: number
    readonly byName: string
  }[]
}

/** By choice (`is:silent`, `role:node`, `via:local`, `platform:ios`, `tag:kiosk`, `scope:operator.read`, `unseen:30`), what it would leave; null where that is not known. */
export type DeviceFacets = Readonly<Record<string, BoundedCount | null>>

/** One page of the list. */
export type DeviceList = {
  readonly nowMs: number
  readonly rows: readonly DeviceRow[]
  readonly count: BoundedCount
  /** The places before and after these rows, as they stand in a URL. */
  readonly previous: string | null
  readonly next: string | null
  /** Every scope that some device was approved for, to choose from. */
  readonly knownScopes: Scopes
  readonly knownTags: readonly string[]
}

/** A filter of the list under a name. */
export type DeviceListView = {
  readonly viewId: string
  readonly name: string
  readonly query: string
  readonly isShared: boolean
  /** Whether the list opens with it, for the one who looks. */
  readonly isDefault: boolean
  readonly mayChange: boolean
}

export type DeviceListViews = { readonly views: readonly DeviceListView[]; readonly mayShare: boolean }

/** The keys that one machine paired under, newest first. */
export type DuplicatesView = {
  readonly rows: readonly (DeviceRow & {
    readonly approvedBy: string | null
    readonly label: string | null
    readonly note: string
  })[]
  /** Whether there are older ones that are not shown. */
  readonly more: boolean
}
