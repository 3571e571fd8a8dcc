import type { Filed } from "./decision"
import type { ConnectFacts } from "./facts"
import { commandsBeyond, isSamePlatform } from "./node-commands"
import { covers } from "./scopes"
import type { DeviceRecord, Hold, PairingReason, PendingRequest, Policy, Role, Scopes } from "./types"

/**
 * Whether a request can still be decided. It dies when more than `pendingTtlMs` have passed since it was last
 * retried; exactly at the limit it lives.
 * Source: ruling R15.
 */
export function isLive(
  request: Pick<PendingRequest, "triedAtMs">,
  policy: Pick<Policy, "pendingTtlMs">,
  nowMs: number,
): boolean {
  return nowMs <= expiresAtMs(request, policy)
}

/** The last instant at which the request can be decided (R15). */
export function expiresAtMs(request: Pick<PendingRequest, "triedAtMs">, policy: Pick<Policy, "pendingTtlMs">): number {
  return request.triedAtMs + policy.pendingTtlMs
}

/** The last retry of the oldest request that can still be decided at an instant: `isLive`, as a bound to look up by (R15). */
export function oldestLiveTryMs(policy: Pick<Policy, "pendingTtlMs">, nowMs: number): number {
  return nowMs - policy.pendingTtlMs
}

/** How long a request can still be decided; null when its time is over. */
export function remainingMs(
  request: Pick<PendingRequest, "triedAtMs">,
  policy: Pick<Policy, "pendingTtlMs">,
  nowMs: number,
): number | null {
  const leftMs = expiresAtMs(request, policy) - nowMs
  return leftMs < 0 ? null : leftMs
}

/** Whether a session may ask for these scopes instead of its own: it would lose what it does not name. */
export function keepsCurrent(current: Scopes, asked: Scopes): boolean {
  return covers(asked, current)
}

/** The record without requests whose time is over. The store records those as expired (R15). */
export function withoutExpired(
  record: DeviceRecord,
  policy: Pick<Policy, "pendingTtlMs">,
  nowMs: number,
): DeviceRecord {
  const live = record.requests.filter((request) => isLive(request, policy, nowMs))
  return live.length === record.requests.length ? record : { ...record, requests: live }
}

/**
 * The rejection in force against this ask, if there is one: same key and role, same or narrower scopes, and for a
 * node no commands beyond the rejected ones (R21).
 */
export function holdAgainst(
  holds: readonly Hold[],
  ask: {
    readonly publicKey: string
    readonly role: Role
    readonly scopes: Scopes
    readonly commands: readonly string[]
    readonly nowMs: number
  },
): Hold | undefined {
  return holds.find(
    (hold) =>
      hold.publicKey === ask.publicKey &&
      hold.role === ask.role &&
      ask.nowMs < hold.untilMs &&
      covers(hold.scopes, ask.scopes) &&
      (ask.role !== "node" || commandsBeyond(hold.commands, ask.commands).length === 0),
  )
}

/**
 * Files a request, or refreshes the one that already asks for as much. There is one live request per device, key
 * and role: the same or a narrower retry for the same reason keeps id and content and only counts the try;
 * anything else replaces it under a new id, with the new content alone. For a node, further commands or another
 * platform are other content too, since an approval covers what was shown.
 * Source: rulings R14 and R15.
 */
export function fileRequest(
  record: DeviceRecord,
  ask: {
    readonly facts: ConnectFacts
    readonly deviceId: string
    readonly publicKey: string
    readonly role: Role
    readonly scopes: Scopes
    readonly reason: PairingReason
  },
): Filed {
  const { facts, deviceId, publicKey, role, scopes, reason } = ask
  const isSame = (request: PendingRequest) => request.publicKey === publicKey && request.role === role
  const waiting = record.requests.find(isSame)

  if (waiting !== undefined && waiting.reason === reason && covers(waiting.scopes, scopes) && isShown(waiting, facts)) {
    const request = { ...waiting, triedAtMs: facts.nowMs, tries: waiting.tries + 1 }
    const requests = record.requests.map((other) => (other === waiting ? request : other))
    return { request, filed: "refreshed", superseded: null, next: { ...record, requests } }
  }

  const request: PendingRequest = {
    requestId: facts.freshRequestId,
    deviceId,
    publicKey,
    role,
    scopes,
    reason,
    metadata: facts.metadata,
    filedAtMs: facts.nowMs,
    triedAtMs: facts.nowMs,
    tries: 1,
  }
  const requests = [...record.requests.filter((other) => !isSame(other)), request]
  return { request, filed: "new", superseded: waiting?.requestId ?? null, next: { ...record, requests } }
}

/** Whether the waiting request shows all that a node offers now; of an operator nothing but scopes counts. */
function isShown({ role, metadata: shown }: PendingRequest, { metadata }: ConnectFacts): boolean {
  if (role !== "node") return true
  return commandsBeyond(shown.commands, metadata.commands).length === 0 && isSamePlatform(shown, metadata)
}
