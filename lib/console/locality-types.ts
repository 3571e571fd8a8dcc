import type { NetFacts } from "@/lib/pairing/facts"

/** A connect of late, as it was observed. Plain reconnects are counted, not kept, so they are not among these. */
export type RecentConnect = {
  readonly id: string
  readonly deviceId: string
  readonly name: string | null
  readonly atMs: number
  readonly net: NetFacts
}

/** What the locality tester starts with. */
export type LocalityGround = {
  readonly tsNetHostIsLocal: boolean
  readonly firstPartyOrigins: readonly string[]
  readonly trustedProxies: readonly string[]
  /** Newest first. */
  readonly recent: readonly RecentConnect[]
  /** Peers that say that they pass on others, and that nobody declared. */
  readonly undeclared: readonly string[]
  /** The loopback address that all devices of late came from, and how many they are; null where they differ. */
  readonly shared: { readonly address: string; readonly devices: number } | null
}
