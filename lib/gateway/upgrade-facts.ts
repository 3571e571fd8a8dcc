import type { IncomingMessage } from "node:http"
import type { NetFacts } from "@/lib/pairing/facts"
import { isForwardingHeader } from "@/lib/pairing/locality"

const longestHeader = 1024

/**
 * What the socket itself says about a connect, read from the raw upgrade request. On the proxy listener every
 * peer is a declared proxy.
 */
export function upgradeFacts(
  request: Pick<IncomingMessage, "headers" | "socket">,
  listener: "main" | "proxy",
  declared: readonly string[],
): NetFacts {
  const peerAddress = request.socket.remoteAddress ?? ""
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    // What the rules look at, and nothing that could be a credential: these facts are kept.
    if (value === undefined || !isForwardingHeader(name)) continue
    // The hops nearest to us stand on the right.
    headers[name] = (Array.isArray(value) ? value.join(",") : value).slice(-longestHeader)
  }
  return {
    peerAddress,
    host: request.headers.host?.slice(0, longestHeader) ?? null,
    origin: request.headers.origin?.slice(0, longestHeader) ?? null,
    headers,
    trustedProxies: listener === "proxy" ? [...declared, peerAddress] : declared,
  }
}
