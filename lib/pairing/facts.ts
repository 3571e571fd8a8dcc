import type { Metadata } from "./types"

/** The raw network facts of one connect, as observed on the socket. Header names in lower case. */
export type NetFacts = {
  readonly peerAddress: string
  readonly host: string | null
  readonly origin: string | null
  readonly headers: Readonly<Record<string, string>>
  /** Addresses or CIDR ranges of declared proxies. */
  readonly trustedProxies: readonly string[]
  /** Whether it comes from the web page of the gateway behind, which is served here: never a first-party page. */
  readonly isControlUi: boolean
}

/**
 * How the connect authenticated. For `device-token`, `tokenId` is the token of the asked role (or one of its
 * predecessors) whose secret was presented, or null when the presented secret matches none of them.
 */
export type AuthFacts =
  | { readonly kind: "none" | "token" | "password" | "trusted-proxy" }
  | { readonly kind: "device-token"; readonly tokenId: string | null }
  | { readonly kind: "invalid" }

/** Everything the decision on one connect may look at. */
export type ConnectFacts = {
  /** Null when the client sent no device; both or neither. */
  readonly identity: { readonly deviceId: string; readonly publicKey: string } | null
  /** As sent; a missing role means operator (R4). */
  readonly role: string | null
  /** As sent; cleaned up by the rules (R3). */
  readonly scopes: readonly string[]
  readonly auth: AuthFacts
  readonly net: NetFacts
  readonly metadata: Metadata
  /** Whether a gateway behind this one serves what is let in, and so runs the commands of nodes. */
  readonly upstream: boolean
  readonly nowMs: number
  /** Fresh random ids, used only if the decision files a request or issues a token. */
  readonly freshRequestId: string
  readonly freshTokenId: string
}
