import { type Reopening, reopen } from "@/lib/pairing/reject"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { type AlreadyResolved, onRequest, saveBy } from "./on-device"
import { askSide } from "./request-ends"
import { toRequest } from "./rows"
import { saveRecord } from "./save-record"
import type { Store } from "./store"

/**
 * Takes a rejection back, so that its device may ask again; the request waits again unless a newer one does.
 * Refuses with what `reopen` refuses with, and `already-resolved` when no rejection of it is in force.
 */
export async function reopenRequest(
  store: Store,
  input: { readonly requestId: string; readonly actor: Commander; readonly nowMs: number },
): Promise<Reopening | Refused | AlreadyResolved> {
  return onRequest(store, input, async (ground) => {
    const { requestId, actor, nowMs } = input
    const { tx, record, deviceId } = ground
    const request = toRequest(await tx.db.request.findUniqueOrThrow({ where: { requestId } }))
    const reopening = reopen(record, { request, authority: actor.authority, nowMs })
    if (!reopening.ok) return reopening

    const entryId = await recordAudit(tx, {
      ...{ action: "request.reopened", actor, atMs: nowMs, deviceId, subject: requestId },
      after: { ...askSide(request), waits: reopening.restored !== null },
    })
    await saveRecord(tx, record, reopening.next, saveBy(actor, ground, { entryId, requestId }))
    return reopening
  })
}
