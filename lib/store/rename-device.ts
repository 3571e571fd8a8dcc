import { refusedOver } from "@/lib/pairing/authority"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { saveTerms, sortName } from "./device-terms"
import { onDevice } from "./on-device"
import { toList, toRole } from "./rows"
import type { Store } from "./store"

/**
 * Gives a device a label of an admin's own, or with null none. What the device calls itself stays. Refuses with
 * `unknown-device-or-role`, `nothing-to-change`, and what `refusedOver` refuses with.
 */
export async function renameDevice(
  store: Store,
  input: {
    readonly deviceId: string
    readonly label: string | null
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<{ readonly ok: true } | Refused> {
  return onDevice(store, input, async ({ tx, deviceId, nowMs }) => {
    const { label, actor } = input
    const row = await tx.db.device.findUnique({ where: { deviceId } })
    if (row === null) return { ok: false, because: "unknown-device-or-role" }
    const named = { ...row, label, roles: toList(row.roles).map(toRole) }
    const refused = refusedOver(actor.authority, named)
    if (refused !== null) return refused
    if (row.label === label) return { ok: false, because: "nothing-to-change" }

    const data = { label, sortName: sortName(named) }
    await tx.db.device.update({ where: { deviceId }, data, select: { deviceId: true } })
    await saveTerms(tx, [named])
    const about = { action: "device.renamed", actor, atMs: nowMs, deviceId } as const
    await recordAudit(tx, { ...about, before: { label: row.label }, after: { label } })
    tx.announce({ kind: "device", deviceId, what: "name" })
    return { ok: true }
  })
}
