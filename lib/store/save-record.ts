import { type RightsChange, rightsChanges } from "@/lib/pairing/changes"
import { hasRole } from "@/lib/pairing/device"
import type { DeviceRecord, Role, Scopes } from "@/lib/pairing/types"
import { actorId } from "./actor"
import { insertRows } from "./insert-rows"
import { newId } from "./new-id"
import { markKeyRemoved } from "./node-keys"
import { createDevices, type DeviceSave, type FreshDevice, saveDevice } from "./save-device"
import { type RequestsSave, saveRequests } from "./save-requests"
import type { Tx } from "./transaction"

/** A change of a scope that no difference of rights shows: it was asked, or the ask was declined. */
export type AskChange = { readonly change: "asked" | "declined"; readonly role: Role; readonly scopes: Scopes }

export type RecordSave = DeviceSave &
  RequestsSave & {
    readonly deviceId: string
    /** The audit entry of this change, and the request behind it, for the history to link to. */
    readonly entryId: string | null
    readonly requestId: string | null
    readonly note: string | null
    /** What the device is told of why its key is blocked; see told-reason.ts. */
    readonly toldReason?: string | null
    readonly asks: readonly AskChange[]
  }

/**
 * Writes the difference between two states of a record: device, tokens, requests, rejections, blocks, and the
 * history of its scopes; ends the key that a gateway behind this one knew it by where that must not go on; and
 * announces it. The same object twice writes nothing but the asks.
 */
export async function saveRecord(tx: Tx, before: DeviceRecord, after: DeviceRecord, save: RecordSave): Promise<void> {
  await saveDevice(tx, before, after, save)
  await saveRequests(tx, before, after, save)
  await saveBlocks(tx, before, after, save)
  if (losesNodeKey(before, after)) await markKeyRemoved(tx, save.deviceId, save.atMs)
  await saveHistory(tx, before, after, save)
  announceDevice(tx, before, after, save.deviceId)
}

/** One change of one scope; `untilMs` is the end of what was granted for a time. */
type HistoryChange = {
  readonly role: Role
  readonly scope: string
  readonly change: AskChange["change"] | RightsChange["change"]
  readonly untilMs?: number | undefined
}

/** Writes devices that were not here, as `saveRecord` would one by one, and announces them. */
export async function saveNewDevices(
  tx: Tx,
  fresh: readonly (FreshDevice & { readonly entryId: string | null })[],
): Promise<void> {
  await createDevices(tx, fresh)
  const rows = fresh.flatMap(({ device, save, entryId }) => {
    return historyRows(rightsChanges(null, device), { ...save, deviceId: device.deviceId, requestId: null, entryId })
  })
  await insertRows(tx, "ScopeChange", rows)
  for (const { device } of fresh) tx.announce({ kind: "device", deviceId: device.deviceId, what: "paired" })
}

/**
 * Whether what a gateway behind this one knows of the node ends with this: it is gone, or has no say as a node any more,
 * or was approved as another machine, which that gateway would not take from a key that it knows.
 */
function losesNodeKey(before: DeviceRecord, after: DeviceRecord): boolean {
  const [old, now] = [before.device, after.device]
  if (old === null) return false
  if (old.publicKey !== now?.publicKey) return true
  const isEnded = hasRole(old, "node") && !hasRole(now, "node")
  const isBlocked = after.blockedKeys.includes(now.publicKey) && !before.blockedKeys.includes(now.publicKey)
  const isMoved = old.nodePlatform !== now.nodePlatform || old.nodeFamily !== now.nodeFamily
  return isEnded || isBlocked || isMoved
}

async function saveBlocks(tx: Tx, before: DeviceRecord, after: DeviceRecord, save: RecordSave): Promise<void> {
  const fresh = after.blockedKeys.filter((key) => !before.blockedKeys.includes(key))
  const gone = before.blockedKeys.filter((key) => !after.blockedKeys.includes(key))
  const { deviceId, atMs, actor, note, toldReason = null } = save
  for (const publicKey of fresh) {
    const data = { publicKey, deviceId, atMs, byId: actorId(actor), byName: actor.name, note, toldReason }
    await tx.db.block.create({ data, select: { publicKey: true } })
  }
  if (gone.length > 0) await tx.db.block.deleteMany({ where: { publicKey: { in: gone } } })
}

async function saveHistory(tx: Tx, before: DeviceRecord, after: DeviceRecord, save: RecordSave): Promise<void> {
  const asked = save.asks.flatMap(({ change, role, scopes }) => scopes.map((scope) => ({ role, scope, change })))
  const changes = [...asked, ...(before.device === after.device ? [] : rightsChanges(before.device, after.device))]
  await insertRows(tx, "ScopeChange", historyRows(changes, save))
}

function historyRows(
  changes: readonly HistoryChange[],
  {
    deviceId,
    atMs,
    actor,
    requestId,
    entryId,
  }: Pick<RecordSave, "deviceId" | "atMs" | "actor" | "requestId" | "entryId">,
) {
  const about = { deviceId, atMs, actorKind: actor.kind, actorName: actor.name, requestId, entryId }
  return changes.map(({ role, scope, change, untilMs = null }) => ({
    ...{ id: newId(), role, scope, change, untilMs, ...about },
    silent: actor.kind === "rule",
  }))
}

function announceDevice(tx: Tx, before: DeviceRecord, after: DeviceRecord, deviceId: string): void {
  const [old, now] = [before.device, after.device]
  if (now === null) {
    if (old !== null) tx.announce({ kind: "device", deviceId, what: "removed" })
  } else if (old === null || old.publicKey !== now.publicKey) {
    tx.announce({ kind: "device", deviceId, what: "paired" })
  } else if (old !== now) {
    tx.announce({ kind: "device", deviceId, what: "rights" })
  }
  const blocked = after.blockedKeys.length - before.blockedKeys.length
  if (blocked !== 0) tx.announce({ kind: "device", deviceId, what: blocked > 0 ? "blocked" : "unblocked" })
}
