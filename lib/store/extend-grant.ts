import { type Extension, extendGrant as extend } from "@/lib/pairing/extend"
import type { Refused, Scopes } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import { onDevice, saveBy } from "./on-device"
import { endsSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { Store } from "./store"

/**
 * Puts off the end of what was granted to a device for a time, or makes it last for good. Nothing is lost by it, so no
 * socket closes. Refuses with what the rule refuses with.
 */
export async function extendGrant(
  store: Store,
  input: {
    readonly deviceId: string
    /** Scopes, and roles by their own names. */
    readonly names: Scopes
    readonly untilMs: number | null
    readonly shownRevision: number
    readonly note?: string | null | undefined
    readonly actor: Commander
    readonly nowMs: number
  },
): Promise<Extension | Refused> {
  return onDevice(store, input, async (ground) => {
    const { tx, record, deviceId, nowMs } = ground
    const { names, untilMs, shownRevision, actor, note = null } = input
    const by = { authority: actor.authority, nowMs }
    const extension = extend(record, { names, untilMs, shownRevision, ...by })
    if (!extension.ok || record.device === null || extension.next.device === null) return extension
    const { next, extended } = extension
    const entryId = await recordAudit(tx, {
      ...{ action: "device.grant-extended", actor, atMs: nowMs, deviceId, note },
      before: { ends: [], ...endsSide(record.device) },
      after: { extended, untilMs, ends: [], ...endsSide(extension.next.device) },
    })
    await saveRecord(tx, record, next, saveBy(actor, ground, { entryId, note }))
    return extension
  })
}
