import { parseAddress } from "@/lib/pairing/locality"

/** An address as limits count it: IPv6 by its /64, for one subscriber holds all of it. */
export function addressGroup(address: string): string {
  const parsed = parseAddress(address)
  if (parsed === null) return "unreadable"
  if (parsed.kind() === "ipv4") return parsed.toString()
  return `${Buffer.from(parsed.toByteArray().slice(0, 8)).toString("hex")}::/64`
}
