import type { IncomingMessage } from "node:http"
import type { NetFacts } from "@/lib/pairing/facts"
import { isForwardingHeader } from "@/lib/pairing/locality"
import type { GatewayInfo } from "@/lib/store/store"

const longestHeader = 1024

/** A port that this process listens on. On `proxy` every peer is a declared proxy, `control-ui` serves another's page. */
export type Listener = "main" | "proxy" | "control-ui"

/**
 * What the socket itself says about a connect, read from the raw upgrade request. On the proxy listener every
 * peer is a declared proxy.
 */
export function upgradeFacts(
  request: Pick<IncomingMessage, "headers" | "socket">,
  listener: Listener,
  { trustedProxies, controlUiPort }: Pick<GatewayInfo, "trustedProxies" | "controlUiPort">,
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
    trustedProxies: listener === "proxy" ? [...trustedProxies, peerAddress] : trustedProxies,
    isControlUi: listener === "control-ui" || hasPort(request.headers.origin, controlUiPort),
  }
}

/** Whether an origin can be that of the page of the gateway behind, which may knock at the other ports as well. */
function hasPort(origin: string | undefined, wanted: number | null): boolean {
  if (origin === undefined || wanted === null || !URL.canParse(origin)) return false
  const { port, protocol } = new URL(origin)
  return (port || (protocol === "https:" ? "443" : "80")) === String(wanted)
}
