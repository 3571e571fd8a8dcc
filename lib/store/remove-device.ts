import { type Removal, remove } from "@/lib/pairing/remove"
import type { Refused } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { closeSessions, onDevice, saveBy } from "./on-device"
import { rightsSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Store } from "./store"

/**
 * Removes a device with its rights, tokens, requests and rejections, and closes its sockets. A block of its key
 * stays. Refuses with what `remove` refuses with, and with `would-lock-out`.
 */
export async function removeDevice(
  store: Store,
  input: LockoutAnswer & {
    readonly deviceId: string
    readonly note?: string | null | undefined
    readonly nowMs: number
  },
): Promise<Removal | Refused> {
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { actor, note = null } = input
    const removal = remove(record, { authority: actor.authority })
    if (!removal.ok) return removal
    const refused = await refuseLockout(store, ground, removal.next, input)
    if (refused !== null) return refused

    const name = removal.removed.metadata.displayName
    const entryId = await recordAudit(tx, {
      ...{ action: "device.removed", actor, atMs: nowMs, deviceId, note },
      before: { name, ...rightsSide(record.device), dropped: removal.dropped },
    })
    const end: RequestEnd = { status: "dropped", by: actor, atMs: nowMs, note }
    const ends = new Map(removal.dropped.map((requestId) => [requestId, end]))
    await saveRecord(tx, record, removal.next, saveBy(actor, ground, { ends, entryId, note }))
    closeSessions(ground, "all", "the device was removed")
    return removal
  })
}
