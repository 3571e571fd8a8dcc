import type { Locality } from "@/lib/pairing/decision"
import type { NetFacts } from "@/lib/pairing/facts"
import { attribute, isLoopback } from "@/lib/pairing/locality"
import { addressGroup } from "@/lib/store/address-group"

/** Whom limits count against: one address (IPv6: one /64), a page of a browser on this machine, or a proxy on it. */
export type ClientSource = {
  readonly key: string
  /** Best known address, for lists and counters. */
  readonly address: string
  /** Failures from here are slowed down, never locked out: it is this machine itself. */
  readonly isMachine: boolean
}

/**
 * Whom a connect counts against. Behind a declared proxy it is the forwarded client. A page in a browser of this
 * machine counts for its origin and can be locked out: any web site can make such a page knock. Whom nobody can be
 * told apart from, because a proxy on this machine hides them, can be locked out too, and never locks out the machine.
 */
export function clientSource(net: NetFacts, locality: Locality): ClientSource {
  const address = locality.clientAddress ?? net.peerAddress
  switch (attribute(locality)) {
    case "machine":
      if (net.origin === null) return { key: addressGroup(address), address, isMachine: true }
      return { key: `origin ${net.origin.slice(0, 200)}`, address, isMachine: false }
    case "client":
      return { key: addressGroup(address), address, isMachine: false }
    case "unknown": {
      const peer = addressGroup(net.peerAddress)
      return { key: isLoopback(net.peerAddress) ? `proxied by ${peer}` : peer, address, isMachine: false }
    }
  }
}
