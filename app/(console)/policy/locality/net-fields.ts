import { neutralise } from "@/components/neutralise"
import type { NetFacts } from "@/lib/pairing/facts"

/** The network facts of a connect as they stand in the fields. */
export type NetFields = {
  readonly peerAddress: string
  readonly host: string
  readonly origin: string
  /** One `name: value` a line. */
  readonly headers: string
  /** Addresses or ranges, separated by commas or blanks. */
  readonly trustedProxies: string
}

/** A connect as fields that can be changed. */
export function toFields(net: NetFacts, trustedProxies: readonly string[]): NetFields {
  return {
    peerAddress: net.peerAddress,
    host: net.host ?? "",
    origin: net.origin ?? "",
    headers: Object.entries(net.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
    trustedProxies: trustedProxies.join(", "),
  }
}

/** The fields as the rules read them, and the lines of the headers that are none. An empty field is one not sent. */
export function fromFields(fields: NetFields): { readonly net: NetFacts; readonly unreadable: readonly string[] } {
  const lines = fields.headers.split("\n").filter((line) => line.trim() !== "")
  const isHeader = (line: string) => /^\s*[\w!#$%&'*+.^`|~-]+\s*:/.test(line)
  const headers = lines.filter(isHeader).map((line): [string, string] => {
    const at = line.indexOf(":")
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
  })
  // Pasted requests name Host and Origin among their headers.
  const { host, origin, ...others } = Object.fromEntries(headers)
  return {
    net: {
      peerAddress: fields.peerAddress,
      host: fields.host.trim() || host || null,
      origin: fields.origin.trim() || origin || null,
      headers: others,
      trustedProxies: fields.trustedProxies.split(/[\s,]+/).filter((entry) => entry !== ""),
      isControlUi: false,
    },
    unreadable: lines.filter((line) => !isHeader(line)),
  }
}

/** What tells connects apart that all come through one proxy: whom it says that it passes on, beside the peer. */
export function cameFrom({ peerAddress, headers }: NetFacts): string {
  const said = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-forwarded-for")?.[1]
  const forwarded = neutralise(said ?? null, 60)?.text
  return forwarded === undefined ? peerAddress : `${forwarded} through ${peerAddress}`
}
