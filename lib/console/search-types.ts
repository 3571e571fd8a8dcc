import type { ConsoleRole } from "@/lib/store/console-role"
import type { RequestStatus } from "@/lib/store/request-status"
import type { Aftermath } from "./request-types"

/** A paired device, as a search names it, with what decides what can be done to it. */
export type FoundDevice = {
  readonly deviceId: string
  readonly name: string | null
  readonly isBlocked: boolean
  readonly isOnline: boolean
  /** Whether a token of it is in force. */
  readonly isLive: boolean
}

/** A request that waits or ended. Of one that waits the instant is when it was filed, of another when it ended. */
export type FoundRequest = {
  readonly requestId: string
  readonly deviceId: string
  readonly name: string | null
  readonly status: RequestStatus
  readonly aftermath: Aftermath
  readonly atMs: number
}

/** A person of the console. */
export type FoundPerson = {
  readonly adminId: string
  readonly name: string
  readonly email: string
  readonly role: ConsoleRole
}

/** The first few of a kind, and whether there are more. */
export type FoundFew<Row> = { readonly rows: readonly Row[]; readonly isMore: boolean }

/** What a text finds in the whole console. */
export type Found = {
  readonly devices: FoundFew<FoundDevice>
  readonly requests: FoundFew<FoundRequest>
  /** Null for who may not see the people. */
  readonly people: FoundFew<FoundPerson> | null
}
