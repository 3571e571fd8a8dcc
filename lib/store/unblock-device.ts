import { unblock } from "@/lib/pairing/block"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { onDevice, saveBy } from "./on-device"
import { saveRecord } from "./save-record"
import type { Store } from "./store"

/**
 * Lifts the block of a key; what it was approved for is in force again. Without a key it is the device's own, or the
 * only one that is blocked under this id. Refuses with what `unblock` refuses with.
 */
export async function unblockDevice(
  store: Store,
  input: {
    readonly deviceId: string
    readonly publicKey?: string | undefined
    readonly note?: string | null | undefined
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<{ readonly ok: true } | Refused> {
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { actor, note = null } = input
    const publicKey = input.publicKey ?? record.device?.publicKey ?? record.blockedKeys[0] ?? ""
    const unblocking = unblock(record, publicKey)
    if (!unblocking.ok) return unblocking

    const entryId = await recordAudit(tx, {
      ...{ action: "device.unblocked", actor, atMs: nowMs, deviceId, note },
      before: { publicKey },
    })
    await saveRecord(tx, record, unblocking.next, saveBy(actor, ground, { entryId, note }))
    return { ok: true }
  })
}
