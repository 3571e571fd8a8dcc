import { createHash } from "node:crypto"
import type { Locality } from "@/lib/pairing/decision"
import type { ConnectFacts, NetFacts } from "@/lib/pairing/facts"
import { isForwardingHeader, parseAddress } from "@/lib/pairing/locality"
import type { AuthKind, DeviceRecord, Metadata } from "@/lib/pairing/types"

import type { Keys } from "./keys"

/** One connect as the gateway observed it. A secret in it is never stored. */
export type ConnectInput = {
  /** Null when the client sent no device. */
  readonly identity: { readonly deviceId: string; readonly publicKey: string } | null
  readonly role: string | null
  readonly scopes: readonly string[]
  readonly auth:
    | { readonly kind: Exclude<AuthKind, "device-token"> | "invalid" }
    | {
        readonly kind: "device-token"
        readonly secret: string
        /** It came in the field of the shared secret, which it is not; a refusal is counted as that of one. */
        readonly inSharedField?: boolean
      }
  readonly net: NetFacts
  readonly metadata: Metadata
  /** Whether a gateway behind this one serves what is let in. */
  readonly upstream: boolean
  readonly nowMs: number
}

/** The facts of a connect for the rules: the presented secret replaced by the token that it belongs to. */
export function toFacts(
  { auth, ...input }: ConnectInput,
  record: DeviceRecord,
  keys: Keys,
  fresh: { readonly requestId: string; readonly tokenId: string },
): ConnectFacts {
  const facts = { ...input, freshRequestId: fresh.requestId, freshTokenId: fresh.tokenId }
  if (auth.kind !== "device-token") return { ...facts, auth }
  const tokenId = presentedToken(record, input.role, auth.secret, keys)
  return { ...facts, auth: { kind: "device-token", tokenId } }
}

// Compares with every candidate, so that the time tells nothing about which one it was.
function presentedToken(record: DeviceRecord, role: string | null, secret: string, keys: Keys): string | null {
  const asked = role ?? "operator"
  if (record.device === null || (asked !== "operator" && asked !== "node")) return null
  const token = record.device.tokens[asked]
  if (token === undefined) return null
  const candidates = [token.tokenId, ...token.predecessors.map((old) => old.tokenId)]
  const { deviceId } = record.device
  const matching = candidates.filter((tokenId) => keys.isSecretOf({ tokenId, deviceId, role: asked }, secret))
  return matching[0] ?? null
}

/** The address that a connect is listed and limited by: the client's where it is known, else the socket's. */
export function addressOf(locality: Pick<Locality, "clientAddress">, net: Pick<NetFacts, "peerAddress">): string {
  return locality.clientAddress ?? parseAddress(net.peerAddress)?.toString() ?? net.peerAddress
}

/** What is kept of a connect attempt, for the timeline and for replaying it under another policy. */
type StoredFacts = Omit<ConnectFacts, "freshRequestId" | "freshTokenId">

/** The facts without what no decision looks at: other headers, and ids that were never used. */
export function toStoredFacts({ freshRequestId: _, freshTokenId: __, ...facts }: ConnectFacts): StoredFacts {
  const headers = Object.entries(facts.net.headers).filter(([name]) => isForwardingHeader(name))
  return { ...facts, net: { ...facts.net, headers: Object.fromEntries(headers) } }
}

/** Equal for attempts that a timeline folds into one: same ask, same answer, from the same place. */
export function foldKey(parts: readonly (string | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22)
}
