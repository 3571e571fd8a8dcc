import { type LowerInput, type Lowering, lowerCeiling as lower } from "@/lib/pairing/ceiling"
import type { Refused } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import type { AuditAction } from "./audit-actions"
import { type LockoutAnswer, refuseLockout } from "./lockout"
import { closeSessions, type Ground, onDevice, saveBy } from "./on-device"
import { rightsSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { Store } from "./store"

/**
 * Takes scopes out of what is approved for a device, for good: tokens shrink with it, no rule brings them back, and
 * sockets of roles that lost scopes close. Refuses with what the rule refuses with, and with `would-lock-out`.
 */
export async function lowerCeiling(
  store: Store,
  input: LowerInput &
    LockoutAnswer & {
      readonly deviceId: string
      /** The request whose approval this takes back, for the record. */
      readonly undoes?: string | undefined
      readonly note?: string | null | undefined
      readonly nowMs: number
    },
): Promise<Lowering | Refused> {
  return onDevice(store, input, async (ground) => {
    const lowering = lower(ground.record, input, ground.policy)
    if (!lowering.ok) return lowering
    const refused = await refuseLockout(store, ground, lowering.next, input)
    if (refused !== null) return refused
    await keepLowering(ground, "device.ceiling-lowered", lowering, input)
    return lowering
  })
}

/** Writes a lowered ceiling with its audit entry, and closes the sockets of the roles that lost scopes. */
export async function keepLowering(
  ground: Ground,
  action: Extract<AuditAction, "device.ceiling-lowered" | "device.silent-taken-back">,
  { next, removed, roles }: Lowering,
  {
    actor,
    undoes,
    note = null,
  }: {
    readonly actor: Commander
    readonly undoes?: string | undefined
    readonly note?: string | null | undefined
  },
): Promise<void> {
  const { tx, record, deviceId, nowMs } = ground
  const entryId = await recordAudit(tx, {
    ...{ action, actor, atMs: nowMs, deviceId, note },
    before: rightsSide(record.device),
    after: { removed, ...rightsSide(next.device), ...(undoes !== undefined && { undoes }) },
  })
  await saveRecord(tx, record, next, saveBy(actor, ground, { entryId, requestId: undoes ?? null, note }))
  closeSessions(ground, roles, "the approved scopes were lowered")
}
