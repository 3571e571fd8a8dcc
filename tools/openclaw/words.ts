import { frozenCeiling, isRevoked } from "@/lib/pairing/device"
import type { ImportRefusal, LeftBehind, NotTakenOver } from "@/lib/pairing/imported"
import type { RequestNotTakenOver } from "@/lib/pairing/imported-request"
import type { Device } from "@/lib/pairing/types"
import type { BadRecord } from "./records"

/** Why a device or a request stays where it is. */
export const refusalWords: Record<BadRecord | ImportRefusal | RequestNotTakenOver | "overloaded" | "twice", string> = {
  unreadable: "its record cannot be read",
  "bad-key": "its key is no usable Ed25519 key",
  "id-mismatch": "its id is not that of its key",
  "unknown-role": "none of its roles exists here",
  "already-here": "it is here already, and stays as it is",
  blocked: "its key is blocked here",
  "removed-here": "it was removed here",
  twice: "it was read before, from the newer store",
  expired: "its time is over; it will ask again",
  "needs-nobody": "what it asks needs nobody here",
  "refused-here": "it would be refused here",
  overloaded: "as many wait here already as may",
}

/** What of a device does not come along, in a few words. */
export function leftBehindWords({ what, names }: LeftBehind): string {
  const list = names.map(visible).join(", ")
  switch (what) {
    case "roles":
      return `not as ${list}, which exists here as no role`
    case "scopes":
      return `not with ${list}, which nobody may be given`
    case "token-of-no-role":
      return `not its token as ${list}, a role that it does not have`
    case "token-tied":
      return `not its ${list} token, which ends with that gateway's shared token: it comes in with the one of this gateway`
  }
}

/** What a device of the same key differs in, in a few words; empty where it is the same. */
export function differenceWords({ differs }: NotTakenOver): string {
  return differs.length === 0 ? "" : ` (there: other ${differs.join(" and ")})`
}

/** What a device is when it is here, in a few words. */
export function deviceWords(device: Device): string {
  const list = (items: readonly string[], none: string) => (items.length === 0 ? none : items.join(", "))
  const tokens = Object.values(device.tokens).map((token) =>
    isRevoked(token) ? `its ${token.role} token stays revoked` : `its ${token.role} token opens the door`,
  )
  const isLegacy = device.approvedScopes === null && device.legacyScopes === null
  const scopes = isLegacy ? "nothing approved: its record has no scopes" : list(frozenCeiling(device), "no scopes")
  return `as ${list(device.roles, "no role")} with ${scopes}; ${list(tokens, "without a token")}`
}

/** A name from elsewhere as it may stand in a terminal: what is not plain text is written as what it is. */
export function visible(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}
