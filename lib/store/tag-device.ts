import { mostTags } from "@/lib/pairing/tags"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { saveTerms } from "./device-terms"
import { onDevice } from "./on-device"
import { toList, toRole } from "./rows"
import type { Store } from "./store"

/**
 * Puts tags on a device and takes others off it. Refuses with `unknown-device-or-role`, `nothing-to-change`, and
 * `too-many-tags`.
 */
export async function tagDevice(
  store: Store,
  input: {
    readonly deviceId: string
    readonly add: readonly string[]
    readonly remove: readonly string[]
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<{ readonly ok: true } | Refused> {
  return onDevice(store, input, async ({ tx, deviceId, nowMs }) => {
    const { add, remove, actor } = input
    const row = await tx.db.device.findUnique({ where: { deviceId }, include: { tags: { select: { tag: true } } } })
    if (row === null) return { ok: false, because: "unknown-device-or-role" }
    const before = row.tags.map(({ tag }) => tag).sort()
    const after = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])].sort()
    const gone = before.filter((tag) => !after.includes(tag))
    const fresh = after.filter((tag) => !before.includes(tag))
    if (gone.length + fresh.length === 0) return { ok: false, because: "nothing-to-change" }
    if (after.length > mostTags && fresh.length > 0) return { ok: false, because: "too-many-tags" }

    await tx.db.deviceTag.deleteMany({ where: { deviceId, tag: { in: gone } } })
    await tx.db.deviceTag.createMany({ data: fresh.map((tag) => ({ deviceId, tag })) })
    await saveTerms(tx, [{ ...row, roles: toList(row.roles).map(toRole) }])
    const about = { action: "device.tagged", actor, atMs: nowMs, deviceId } as const
    await recordAudit(tx, { ...about, before: { tags: before }, after: { tags: after } })
    tx.announce({ kind: "device", deviceId, what: "name" })
    return { ok: true }
  })
}
