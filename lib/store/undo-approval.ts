import type { Lowering } from "@/lib/pairing/ceiling"
import type { Revocation } from "@/lib/pairing/revoke"
import type { Refused, Role, Scopes } from "@/lib/pairing/types"
import type { LockoutAnswer } from "./lockout"
import { lowerCeiling } from "./lower-ceiling"
import { revokeToken } from "./revoke-token"
import { toList, toRole } from "./rows"
import type { Store } from "./store"

/** For how long after an approval it can be undone in one step; later its device's page has the same commands. */
export const undoMs = 15 * 60_000

/** What undoing an approval does now: ends the role that it gave, or takes back the scopes that it added. */
export type Undoing = {
  readonly what: { readonly kind: "role" } | { readonly kind: "scopes"; readonly scopes: Scopes }
  readonly role: Role
  /** Whether its device was seen since; what it did with the grant stays done. */
  readonly isSeenSince: boolean
}

/**
 * What undoing the approval of a request would do now. Null for a request that was not approved within the last 15
 * minutes, and where nothing of what it gave is in force any more.
 */
export async function undoOf({ db }: Pick<Store, "db">, requestId: string, nowMs: number): Promise<Undoing | null> {
  const request = await db.request.findUnique({
    where: { requestId },
    select: { deviceId: true, publicKey: true, role: true, reason: true, status: true, endedAtMs: true },
  })
  if (request === null || request.status !== "approved" || request.endedAtMs === null) return null
  if (nowMs > request.endedAtMs + undoMs) return null
  const { deviceId, endedAtMs } = request
  const role = toRole(request.role)
  const device = await db.device.findUnique({
    where: { deviceId },
    select: {
      publicKey: true,
      approvedScopes: true,
      lastSeenAtMs: true,
      tokens: { where: { role, revokedAtMs: null }, select: { tokenId: true } },
    },
  })
  if (device === null || device.publicKey !== request.publicKey || device.tokens.length === 0) return null
  const isSeenSince = device.lastSeenAtMs !== null && device.lastSeenAtMs >= endedAtMs
  if (request.reason === "not-paired" || request.reason === "role-upgrade") {
    return { what: { kind: "role" }, role, isSeenSince }
  }
  const added = await db.scopeChange.findMany({
    where: { deviceId, atMs: endedAtMs, requestId, change: "approved" },
    select: { scope: true },
  })
  const approved = toList(device.approvedScopes ?? "")
  const scopes = added.map((change) => change.scope).filter((scope) => approved.includes(scope))
  return scopes.length === 0 ? null : { what: { kind: "scopes", scopes }, role, isSeenSince }
}

/**
 * Takes back what an approval of the last 15 minutes gave: the role's token is revoked where the role was new, else
 * the added scopes are taken out of the ceiling. Its device is closed out at once, and may ask again. Refuses with
 * `nothing-to-change` where `undoOf` finds nothing, and with what the two commands refuse with.
 */
export async function undoApproval(
  store: Store,
  input: LockoutAnswer & { readonly requestId: string; readonly nowMs: number },
): Promise<Revocation | Lowering | Refused> {
  const { requestId, ...by } = input
  const undoing = await undoOf(store, requestId, by.nowMs)
  const request = await store.db.request.findUnique({ where: { requestId }, select: { deviceId: true } })
  if (undoing === null || request === null) return { ok: false, because: "nothing-to-change" }
  const said = { ...by, deviceId: request.deviceId, undoes: requestId, note: "Undone right after the approval" }
  return undoing.what.kind === "role"
    ? revokeToken(store, { ...said, role: undoing.role })
    : lowerCeiling(store, { ...said, remove: undoing.what.scopes })
}
