import { type Blocking, block } from "@/lib/pairing/block"
import type { Refused } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { closeSessions, onDevice, saveBy } from "./on-device"
import { saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Store } from "./store"
import { cleanReason } from "./told-reason"

/**
 * Blocks the key of a device, or of one that is only asking, and closes its sockets. Its rights stay on record.
 * Refuses with `unknown-device-or-role` when neither a device nor a request tells the key, with what `block`
 * refuses with, and with `would-lock-out`.
 */
export async function blockDevice(
  store: Store,
  input: LockoutAnswer & {
    readonly deviceId: string
    /** The key to block, where the device itself is not meant: another key asks under its id, or it is not paired. */
    readonly publicKey?: string | undefined
    readonly note?: string | null | undefined
    /** Told to the device in its refusals while the block holds; see told-reason.ts. */
    readonly toldReason?: string | null | undefined
    readonly nowMs: number
  },
): Promise<Blocking | Refused> {
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { actor, note = null } = input
    const toldReason = cleanReason(input.toldReason)
    const publicKey = input.publicKey ?? record.device?.publicKey ?? record.requests[0]?.publicKey
    if (publicKey === undefined) return { ok: false, because: "unknown-device-or-role" }
    const blocking = block(record, publicKey)
    if (!blocking.ok) return blocking
    const refused = await refuseLockout(store, ground, blocking.next, input)
    if (refused !== null) return refused

    const dropped = blocking.dropped.map((request) => request.requestId)
    const entryId = await recordAudit(tx, {
      ...{ action: "device.blocked", actor, atMs: nowMs, deviceId, note },
      after: { publicKey, dropped, ...(toldReason === null ? {} : { toldReason }) },
    })
    const end: RequestEnd = { status: "dropped", by: actor, atMs: nowMs, note, toldReason }
    const ends = new Map(dropped.map((requestId) => [requestId, end]))
    await saveRecord(tx, record, blocking.next, saveBy(actor, ground, { ends, entryId, note, toldReason }))
    closeSessions(ground, "all", "the device was blocked")
    return blocking
  })
}
