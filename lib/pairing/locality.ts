import ipaddr from "ipaddr.js"
import type { Locality, LocalityObservation } from "./decision"
import type { NetFacts } from "./facts"
import type { Policy } from "./types"

type Address = ipaddr.IPv4 | ipaddr.IPv6

// The four of R5, and what tunnels and content networks send instead of them.
const namedForwardingHeaders = [
  "forwarded",
  "x-real-ip",
  "via",
  "cf-connecting-ip",
  "true-client-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "fastly-client-ip",
]

const fourParts = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/
const twoColons = /:.*:/

/** The address behind a socket's or a header's notation; mapped IPv4 is unwrapped. Null when it is not one (R5). */
export function parseAddress(text: string): Address | null {
  const bare = text.trim().replace(/^\[(.*)\]$/, "$1")
  // ipaddr.js also reads "127.1" and "0x7f000001", which no socket ever reports. It is asked only about what looks
  // like an address: for every other text it throws inside, and every connect would pay for that.
  if (fourParts.test(bare)) return ipaddr.IPv4.isValid(bare) ? ipaddr.IPv4.parse(bare) : null
  return twoColons.test(bare) && ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : null
}

/** Whether an address lies in 127.0.0.0/8, is ::1, or a mapped form of these (R5). */
export function isLoopback(address: string): boolean {
  return parseAddress(address)?.range() === "loopback"
}

/** Whether `address` is one of the listed addresses or lies in one of the listed CIDR ranges (R5). */
export function isListed(address: string, list: readonly string[]): boolean {
  const parsed = parseAddress(address)
  return parsed !== null && list.some((entry) => matches(parsed, entry))
}

function matches(address: Address, entry: string): boolean {
  if (!entry.includes("/")) {
    const single = parseAddress(entry)
    return single !== null && single.toNormalizedString() === address.toNormalizedString()
  }
  if (!ipaddr.isValidCIDR(entry)) return false
  const [range, bits] = ipaddr.parseCIDR(entry)
  return range.kind() === address.kind() && address.match(range, bits)
}

/** Whether a header (its name in lower case) says that somebody forwarded the request (R5). */
export function isForwardingHeader(name: string): boolean {
  return name.startsWith("x-forwarded-") || namedForwardingHeaders.includes(name)
}

function forwardingHeader(headers: NetFacts["headers"]): string | null {
  return Object.keys(headers).find(isForwardingHeader) ?? null
}

/** The right-most hop that is not itself a declared proxy; null when there is none or it cannot be read. */
function forwardedClient(net: NetFacts): string | null {
  const chain = net.headers["x-forwarded-for"] ?? net.headers["x-real-ip"] ?? ""
  for (const hop of chain.split(",").reverse()) {
    const address = parseAddress(hop)
    if (address === null) return null
    const text = address.toNormalizedString()
    if (!isListed(text, net.trustedProxies)) return address.toString()
  }
  return null
}

/** Host without its port, in lower case; null when there is none (R5). */
export function hostName(host: string | null): string | null {
  if (host === null || host.trim() === "") return null
  const lower = host.trim().toLowerCase()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(lower)
  if (bracketed) return bracketed[1] ?? null
  return parseAddress(lower) ? lower : lower.replace(/:\d+$/, "")
}

/**
 * Whether a page of a foreign origin asks. The page of a gateway behind is one whatever the policy lists: it is
 * another program's, and so are the plugins that it shows.
 */
export function isForeignPage({ origin, isControlUi }: NetFacts, policy: Pick<Policy, "firstPartyOrigins">): boolean {
  return isControlUi || (origin !== null && !policy.firstPartyOrigins.includes(origin))
}

/**
 * Whether a connect counts as local, with the one observation that decided it. Local means a loopback peer, a
 * loopback or `*.ts.net` Host, no forwarding header, and no page of a foreign origin; a connect through a declared
 * proxy is never local. Every other case, and everything that cannot be read, is not local.
 * Source: rulings R5, R6 and R7.
 */
export function judgeLocality(net: NetFacts, policy: Pick<Policy, "tsNetHostIsLocal" | "firstPartyOrigins">): Locality {
  const peer = parseAddress(net.peerAddress)
  if (peer === null) return remote({ kind: "peer-unreadable", address: net.peerAddress }, null)
  const address = peer.toString()
  const header = forwardingHeader(net.headers)

  if (isListed(net.peerAddress, net.trustedProxies)) {
    if (header === null) return remote({ kind: "declared-proxy-without-header", address }, null)
    const client = forwardedClient(net)
    return remote({ kind: "declared-proxy", address, client }, client, peer.range() === "loopback")
  }
  if (header !== null) return remote({ kind: "forwarding-header", header }, null)
  if (peer.range() !== "loopback") return remote({ kind: "peer-not-loopback", address }, address)

  const host = hostName(net.host)
  if (host === null) return remote({ kind: "host-missing" }, address)
  if (host.endsWith(".ts.net")) {
    if (!policy.tsNetHostIsLocal) return remote({ kind: "ts-net-switched-off", host }, address)
  } else if (!["localhost", "127.0.0.1", "::1"].includes(host)) {
    return remote({ kind: "host-not-local", host }, address)
  }
  if (isForeignPage(net, policy)) return remote({ kind: "foreign-page", origin: net.origin ?? "null" }, address)
  return { local: true, because: { kind: "loopback", address, host }, clientAddress: address, viaLoopbackProxy: false }
}

function remote(because: LocalityObservation, clientAddress: string | null, viaLoopbackProxy = false): Locality {
  return { local: false, because, clientAddress, viaLoopbackProxy }
}

/**
 * Whom a connect can be put down to, where failures are counted: this machine itself, the client at `clientAddress`,
 * or nobody that is known. Whatever a proxy passed on is never this machine, also where the proxy says that it is.
 * Source: design, Gateway endpoint; protocol 3.2.
 */
export function attribute({ because, clientAddress }: Locality): "machine" | "client" | "unknown" {
  switch (because.kind) {
    case "loopback":
    case "host-missing":
    case "host-not-local":
    case "ts-net-switched-off":
    case "foreign-page":
      return "machine"
    case "peer-not-loopback":
      return "client"
    case "declared-proxy":
      return clientAddress === null || isLoopback(clientAddress) ? "unknown" : "client"
    case "declared-proxy-without-header":
    case "forwarding-header":
    case "peer-unreadable":
      return "unknown"
  }
}
