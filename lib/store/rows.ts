import type {
  Ends,
  Lane,
  Metadata,
  PairingReason,
  PendingRequest,
  Predecessor,
  Role,
  Scopes,
} from "@/lib/pairing/types"
import type { RawValue } from "./client"

/**
 * The edge between rows and the words of the rules. Hand-written because every handshake comes through here;
 * anything that is not what this version writes throws.
 */

/** A list as it is stored: space-separated. */
export function toList(text: string): Scopes {
  return text === "" ? [] : text.split(" ")
}

/** A list as it is stored; none of its entries holds a space. */
export function fromList(list: readonly string[]): string {
  return list.join(" ")
}

/** The commands that a device reported, as they are stored: a JSON list. */
export function toCommands(json: string): readonly string[] {
  if (json === "[]") return []
  const list: unknown = JSON.parse(json)
  if (!Array.isArray(list)) throw unexpected("commands", json)
  return list.map((item) => text(typeof item === "string" ? item : null))
}

/** The ends of what was granted for a time, as they are stored: JSON of milliseconds by name. */
export function toEnds(json: string): Ends {
  if (json === "{}") return {}
  const stored: unknown = JSON.parse(json)
  if (typeof stored !== "object" || stored === null) throw unexpected("ends", json)
  return Object.fromEntries(
    Object.entries(stored).map(([name, untilMs]) => [name, number(typeof untilMs === "number" ? untilMs : null)]),
  )
}

/** The role that a row names. Throws when it names none. */
export function toRole(value: RawValue | undefined): Role {
  if (value === "operator" || value === "node") return value
  throw unexpected("role", value)
}

/** The reason of a request that a row names. Throws when it names none. */
export function toReason(value: RawValue | undefined): PairingReason {
  if (value === "not-paired" || value === "metadata-upgrade" || value === "role-upgrade" || value === "scope-upgrade") {
    return value
  }
  throw unexpected("reason", value)
}

/** How a device came in, as its row names it. Throws when it names no way that is known. */
export function toApprovedVia(value: RawValue | undefined): "person" | Lane {
  const known = ["person", "local", "node-cidr", "same-key", "identity-proxy"] as const
  const found = known.find((via) => via === value)
  if (found === undefined) throw unexpected("approvedVia", value)
  return found
}

/** The predecessors of a token as they are stored: a JSON list. */
export function toPredecessors(json: string): readonly Predecessor[] {
  if (json === "[]") return []
  const list: unknown = JSON.parse(json)
  if (!Array.isArray(list)) throw unexpected("predecessors", json)
  return list.map(toPredecessor)
}

function toPredecessor(item: unknown): Predecessor {
  if (typeof item === "object" && item !== null && "tokenId" in item && "scopes" in item && "because" in item) {
    const { tokenId, scopes, because } = item
    const untilMs = "untilMs" in item ? item.untilMs : null
    const isReason = because === "rotation" || because === "replacement"
    if (typeof tokenId === "string" && typeof scopes === "string" && isReason) {
      if (untilMs === null || typeof untilMs === "number") return { tokenId, scopes: toList(scopes), because, untilMs }
    }
  }
  throw unexpected("predecessor", JSON.stringify(item))
}

/** The predecessors of a token as they are stored. */
export function fromPredecessors(predecessors: readonly Predecessor[]): string {
  return JSON.stringify(predecessors.map((old) => ({ ...old, scopes: fromList(old.scopes) })))
}

function unexpected(what: string, value: RawValue | undefined): Error {
  return new Error(`The database holds an unexpected ${what}: ${String(value).slice(0, 80)}`)
}

/** A column that holds a text. Throws when it does not. */
export function text(value: RawValue | undefined): string {
  if (typeof value === "string") return value
  throw unexpected("text", value)
}

/** A column that holds a text or nothing. Throws when it holds anything else. */
export function textOrNull(value: RawValue | undefined): string | null {
  return value === null || typeof value === "string" ? value : text(value)
}

/** A column that holds a number. Throws when it does not. */
export function number(value: RawValue | undefined): number {
  if (typeof value === "number") return value
  throw unexpected("number", value)
}

/** A column that holds a number or nothing. Throws when it holds anything else. */
export function numberOrNull(value: RawValue | undefined): number | null {
  return value === null || typeof value === "number" ? value : number(value)
}

/** The columns of a request's row that the rules know. */
export type RequestColumns = Omit<PendingRequest, "role" | "scopes" | "reason" | "metadata"> &
  Omit<Metadata, "commands"> & {
    readonly role: string
    readonly scopes: string
    readonly reason: string
    readonly commands: string
  }

/** A request's row, whatever its status, as the rules want it. */
export function toRequest(row: RequestColumns): PendingRequest {
  const { requestId, deviceId, publicKey, filedAtMs, triedAtMs, tries } = row
  const { displayName, clientId, clientMode, clientVersion, platform, deviceFamily } = row
  return {
    ...{ requestId, deviceId, publicKey, filedAtMs, triedAtMs, tries },
    role: toRole(row.role),
    scopes: toList(row.scopes),
    reason: toReason(row.reason),
    metadata: {
      ...{ displayName, clientId, clientMode, clientVersion, platform, deviceFamily },
      commands: toCommands(row.commands),
    },
  }
}
