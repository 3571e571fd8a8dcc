import { expiresAtMs, isLive } from "@/lib/pairing/requests"
import type { DeviceRecord, PendingRequest, Policy } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import { type RequestEnd, saveRequests } from "./save-requests"
import type { Tx } from "./transaction"

export const clock: Actor = { kind: "system", name: "time limit" }

/**
 * Records every request of the record whose time is over as expired, at the instant at which it was, and returns the
 * record without them. Every transaction about a device does this first, so none of them can decide an expired one.
 */
export async function recordExpired(
  tx: Tx,
  record: DeviceRecord,
  policy: Pick<Policy, "pendingTtlMs">,
  nowMs: number,
): Promise<DeviceRecord> {
  const expired = record.requests.filter((request) => !isLive(request, policy, nowMs))
  if (expired.length === 0) return record
  const ends = new Map<string, RequestEnd>()
  for (const request of expired) {
    const atMs = expiresAtMs(request, policy)
    ends.set(request.requestId, { status: "expired", by: clock, atMs })
    await recordAudit(tx, {
      action: "request.expired",
      actor: clock,
      atMs: nowMs,
      deviceId: request.deviceId,
      subject: request.requestId,
      before: askSide(request),
    })
  }
  const next = { ...record, requests: record.requests.filter((request) => isLive(request, policy, nowMs)) }
  await saveRequests(tx, record, next, { ends, filing: null })
  return next
}

/** What a request asks, for the audit log. */
export function askSide({ role, scopes, reason, metadata }: PendingRequest): AuditSide {
  return { role, scopes, reason, ...(role === "node" && { commands: metadata.commands }) }
}
