import { endGrants, nextEndMs } from "@/lib/pairing/ends"
import type { DeviceRecord, Policy } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { recordExpired } from "./request-ends"
import { rightsSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { Tx } from "./transaction"

/** What ended a grant that a person had given an end. */
export const endDate: Actor = { kind: "system", name: "end date" }

/**
 * Records everything of a record that the clock alone has brought about: requests that expired, grants that ended. Every
 * transaction about a device does this first, so none of them stands on anything that is over.
 */
export async function recordOver(
  tx: Tx,
  record: DeviceRecord,
  policy: Pick<Policy, "pendingTtlMs">,
  nowMs: number,
): Promise<DeviceRecord> {
  return recordEnded(tx, await recordExpired(tx, record, policy, nowMs), nowMs)
}

/** Each end by itself, at the instant at which it was, so that the history shows what was held in between. */
async function recordEnded(tx: Tx, record: DeviceRecord, nowMs: number): Promise<DeviceRecord> {
  const { device } = record
  const endMs = device === null ? null : nextEndMs(device)
  if (device === null || endMs === null || nowMs <= endMs) return record
  const ending = endGrants(record, endMs + 1)
  if (ending === null) return record

  const { deviceId } = device
  const { next, ended, roles } = ending
  const entryId = await recordAudit(tx, {
    ...{ action: "device.grant-ended", actor: endDate, atMs: nowMs, deviceId },
    before: rightsSide(device),
    after: { ended, untilMs: endMs, ...rightsSide(next.device) },
  })
  await saveRecord(tx, record, next, {
    ...{ deviceId, actor: endDate, atMs: endMs, entryId, requestId: null, note: null },
    ...{ issuedHow: "rotation", address: null, ends: new Map(), filing: null, asks: [] },
  })
  const because = "what was granted for a time has ended"
  for (const role of roles) tx.announce({ kind: "sessions-closed", deviceId, role, because })
  return recordEnded(tx, next, nowMs)
}
