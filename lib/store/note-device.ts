import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { onDevice } from "./on-device"
import type { Store } from "./store"

/** Replaces the notes on a device. Refuses with `unknown-device-or-role` and `nothing-to-change`. */
export async function noteDevice(
  store: Store,
  input: { readonly deviceId: string; readonly note: string; readonly actor: Commander; readonly nowMs: number },
): Promise<{ readonly ok: true } | Refused> {
  return onDevice(store, input, async ({ tx, deviceId, nowMs }) => {
    const { note, actor } = input
    const row = await tx.db.device.findUnique({ where: { deviceId }, select: { note: true } })
    if (row === null) return { ok: false, because: "unknown-device-or-role" }
    if (row.note === note) return { ok: false, because: "nothing-to-change" }

    await tx.db.device.update({ where: { deviceId }, data: { note }, select: { deviceId: true } })
    const about = { action: "device.note-changed", actor, atMs: nowMs, deviceId } as const
    await recordAudit(tx, { ...about, before: { note: row.note }, after: { note } })
    tx.announce({ kind: "device", deviceId, what: "name" })
    return { ok: true }
  })
}
