import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http"
import { isListed, judgeLocality } from "@/lib/pairing/locality"
import type { Policy } from "@/lib/pairing/types"
import type { GatewayInfo } from "@/lib/store/store"
import { type Listener, upgradeFacts } from "./upgrade-facts"

/** What the socket says about one HTTP request, by the same rules as for devices. */
export type Visit = {
  /** Best known address of the client. */
  readonly address: string
  /** Whether it comes from this machine itself (ruling R5). */
  readonly local: boolean
  /** Whether the browser's end of the connection is encrypted. */
  readonly https: boolean
  /** The host that the browser asked for, with its port. */
  readonly host: string | null
}

/** Judges a request from the raw facts. Only what a declared proxy says about it is believed. */
export function judgeVisit(
  request: Pick<IncomingMessage, "headers" | "socket">,
  {
    listener,
    encrypted,
    info,
    policy,
  }: {
    listener: Listener
    encrypted: boolean
    info: GatewayInfo
    policy: Policy
  },
): Visit {
  const net = upgradeFacts(request, listener, info)
  const { local, clientAddress } = judgeLocality(net, policy)
  const proxied = isListed(net.peerAddress, net.trustedProxies)
  const address = clientAddress ?? net.peerAddress
  const outside = info.publicUrl === null ? null : new URL(info.publicUrl)
  if (outside !== null && (proxied || net.host === outside.host))
    return { address, local, https: outside.protocol === "https:", host: outside.host }
  return {
    address,
    local,
    https: encrypted || (proxied && net.headers["x-forwarded-proto"] === "https"),
    host: (proxied ? net.headers["x-forwarded-host"] : undefined) ?? net.host,
  }
}

const internal = /^(x-(forwarded|middleware|gatehouse|next|invoke|vercel|matched|now|prerender)-|x-nextjs-data$)/
const internalNames = new Set(["forwarded", "x-real-ip", "x-nonce", "next-resume", "content-security-policy"])

/**
 * Takes out of a request what only proxies and the framework itself may say, and puts in what was found out:
 * `addressHeader` carries the client's address, the `x-forwarded-*` ones what the framework builds its URLs from.
 */
export function passOn(headers: IncomingHttpHeaders, visit: Visit, addressHeader: string): void {
  for (const name of Object.keys(headers)) {
    if (internal.test(name) || internalNames.has(name)) delete headers[name]
  }
  headers[addressHeader] = visit.address
  headers["x-forwarded-for"] = visit.address
  headers["x-forwarded-proto"] = visit.https ? "https" : "http"
  if (visit.host !== null) headers["x-forwarded-host"] = visit.host
}

/** The security headers of every answer. Pages add their Content-Security-Policy (proxy.ts). */
export function protect(response: ServerResponse, { https }: Pick<Visit, "https">): void {
  response.setHeader("x-content-type-options", "nosniff")
  response.setHeader("x-frame-options", "DENY")
  // Under `no-referrer` a form that is sent before its page is hydrated has the origin `null`, and its action is refused.
  response.setHeader("referrer-policy", "same-origin")
  response.setHeader("cross-origin-opener-policy", "same-origin")
  response.setHeader("cross-origin-resource-policy", "same-origin")
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
  if (https) response.setHeader("strict-transport-security", "max-age=31536000")
}
