import { ceilingOf } from "@/lib/pairing/device"
import { type Rejection, reject } from "@/lib/pairing/reject"
import { uncovered } from "@/lib/pairing/scopes"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { type AlreadyResolved, onRequest, saveBy } from "./on-device"
import { askSide } from "./request-ends"
import { saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Store } from "./store"
import { cleanReason } from "./told-reason"

/**
 * Rejects one request, and for a while the same ask of its key. Refuses with what `reject` refuses with, and
 * `already-resolved`.
 */
export async function rejectRequest(
  store: Store,
  input: {
    readonly requestId: string
    readonly note?: string | null | undefined
    /** Told to the device in its refusals while the rejection holds; see told-reason.ts. */
    readonly toldReason?: string | null | undefined
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<Rejection | Refused | AlreadyResolved> {
  return onRequest(store, input, async (ground) => {
    const { requestId, actor, nowMs, note = null } = input
    const toldReason = cleanReason(input.toldReason)
    const { tx, record, deviceId, policy } = ground
    const rejection = reject(record, { requestId, authority: actor.authority, policy, nowMs })
    if (!rejection.ok) return rejection

    const { request, hold, next } = rejection
    const entryId = await recordAudit(tx, {
      ...{ action: "request.rejected", actor, atMs: nowMs, deviceId, subject: requestId, note },
      before: askSide(request),
      after: { heldUntilMs: hold?.untilMs ?? null, ...(toldReason === null ? {} : { toldReason }) },
    })
    const ends = new Map<string, RequestEnd>([
      [requestId, { status: "rejected", by: actor, atMs: nowMs, note, toldReason }],
    ])
    // What the device holds already was asked along with the rest, and nobody declined that.
    const ceiling = record.device?.publicKey === request.publicKey ? ceilingOf(record.device, policy) : []
    const declined = uncovered(ceiling, request.scopes)
    const asks = [{ change: "declined", role: request.role, scopes: declined }] as const
    await saveRecord(tx, record, next, saveBy(actor, ground, { ends, entryId, requestId, note, asks }))
    return rejection
  })
}
