import type { Locality } from "@/lib/pairing/decision"
import type { NetFacts } from "@/lib/pairing/facts"
import { isLoopback } from "@/lib/pairing/locality"
import { addressGroup } from "@/lib/store/address-group"

/** Whom limits count against: one address (IPv6: one /64), or one page of a browser on this machine. */
export type ClientSource = {
  readonly key: string
  /** Best known address, for lists and counters. */
  readonly address: string
  /** Failures from here are slowed down, never locked out: it is this machine itself. */
  readonly isMachine: boolean
}

/**
 * Whom a connect counts against. Behind a declared proxy it is the forwarded client. A page in a browser of this
 * machine counts for its origin and can be locked out: any web site can make such a page knock.
 */
export function clientSource(net: NetFacts, locality: Locality): ClientSource {
  const address = locality.clientAddress ?? net.peerAddress
  const isMachine = isLoopback(address)
  if (isMachine && net.origin !== null) {
    return { key: `origin ${net.origin.slice(0, 200)}`, address, isMachine: false }
  }
  return { key: addressGroup(address), address, isMachine }
}
