import { actsOnOwnOrAny, missingAuthority } from "./authority"
import { isLive } from "./requests"
import type { Authority, DeviceRecord, Hold, PendingRequest, Policy, Refused } from "./types"

export type Rejection = {
  readonly ok: true
  readonly next: DeviceRecord
  readonly request: PendingRequest
  /** What is refused from now on; null when the policy holds nothing. */
  readonly hold: Hold | null
}

/**
 * Rejects a request. The same or a narrower ask of that key for that role is refused until the hold ends.
 * The rights of the device stay as they are. Refuses with `not-found` (unknown or expired), `not-own-device`,
 * `approver-missing-scope` (without pairing or admin).
 * Source: rulings R13, R21.
 */
export function reject(
  record: DeviceRecord,
  input: {
    readonly requestId: string
    readonly authority: Authority
    readonly policy: Policy
    readonly nowMs: number
  },
): Rejection | Refused {
  const { authority, policy, nowMs } = input
  const request = record.requests.find((waiting) => waiting.requestId === input.requestId)
  if (request === undefined || !isLive(request, policy, nowMs)) return { ok: false, because: "not-found" }
  if (!actsOnOwnOrAny(authority, request.deviceId)) return { ok: false, because: "not-own-device" }
  const lacking = missingAuthority(authority, "operator", [], "approver-missing-scope")
  if (lacking !== null) return lacking

  const { requestId, publicKey, role, scopes, metadata } = request
  const rejected = { requestId, publicKey, role, scopes, commands: metadata.commands }
  const hold = policy.rejectHoldMs > 0 ? { ...rejected, untilMs: nowMs + policy.rejectHoldMs } : null
  return {
    ok: true,
    next: {
      ...record,
      requests: record.requests.filter((waiting) => waiting !== request),
      holds: hold === null ? record.holds : [...record.holds, hold],
    },
    request,
    hold,
  }
}

export type Reopening = {
  readonly ok: true
  readonly next: DeviceRecord
  /** The request as it waits again; null when a newer one of that key and role waits already. */
  readonly restored: PendingRequest | null
}

/**
 * Takes a rejection back: its hold ends, and the request waits again with its old id and content and a fresh
 * time limit, unless a newer one of the same key and role is waiting. Refuses with `not-found` when no hold of
 * that request is in force, with the refusals of `reject`, and with `blocked` while its key is.
 * Source: ruling R21; design, Block.
 */
export function reopen(
  record: DeviceRecord,
  input: { readonly request: PendingRequest; readonly authority: Authority; readonly nowMs: number },
): Reopening | Refused {
  const { request, authority, nowMs } = input
  const hold = record.holds.find((held) => held.requestId === request.requestId && nowMs < held.untilMs)
  if (hold === undefined) return { ok: false, because: "not-found" }
  if (!actsOnOwnOrAny(authority, request.deviceId)) return { ok: false, because: "not-own-device" }
  const lacking = missingAuthority(authority, "operator", [], "approver-missing-scope")
  if (lacking !== null) return lacking

  if (record.blockedKeys.includes(request.publicKey)) return { ok: false, because: "blocked" }
  const holds = record.holds.filter((held) => held !== hold)
  const isTaken = record.requests.some(
    (waiting) => waiting.publicKey === request.publicKey && waiting.role === request.role,
  )
  if (isTaken) return { ok: true, next: { ...record, holds }, restored: null }
  const restored = { ...request, triedAtMs: nowMs }
  return { ok: true, next: { ...record, holds, requests: [...record.requests, restored] }, restored }
}
