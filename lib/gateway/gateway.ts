import type { NetFacts } from "@/lib/pairing/facts"
import type { Store } from "@/lib/store/store"
import type { ClientSource } from "./client-source"
import type { ConnectParams, RequestFrame } from "./frames"
import type { Admitted } from "./handshake"
import type { Method } from "./rpc"
import type { Wire } from "./session"
import type { Sessions } from "./sessions"
import type { GatewaySettings } from "./settings"
import type { Throttle } from "./throttle"

/** What serves a connection after it was let in. It sends the answer to the connect request itself. */
export type Served = { readonly receive: (frame: RequestFrame) => void; readonly ended: () => void }

/**
 * The step after an allow: serve the pairing methods here, or dial and relay. It lifts the limit on frames once it has
 * answered; until then what a client sends is kept short.
 */
export type Serve = (gateway: Gateway, admitted: Admitted, wire: Wire) => Served

/** Everything that the connections of this process share. */
export type Gateway = {
  readonly store: Store
  readonly version: string
  readonly settings: () => GatewaySettings
  readonly throttle: Throttle
  readonly sessions: Sessions
  readonly methods: ReadonlyMap<string, Method>
  readonly serve: Serve
  /** Whether a gateway behind this one serves what is let in. */
  readonly hasUpstream: () => boolean
  readonly startedAtMs: number
}

/** One connection before it was let in: what the socket says, and what it was challenged with. */
export type Knock = {
  readonly connId: string
  readonly nonce: string
  readonly net: NetFacts
  readonly source: ClientSource
}

/** One connect request of a connection. */
export type Connect = { readonly knock: Knock; readonly requestId: string; readonly params: ConnectParams }
