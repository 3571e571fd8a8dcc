import type { DeviceOutcome } from "@/lib/pairing/at-once"
import { mostTags } from "@/lib/pairing/tags"
import type { Refusal } from "@/lib/pairing/types"
import { removeDevices } from "./cut-off-devices"
import type { LockoutAnswer } from "./lockout"
import { noteDevice } from "./note-device"
import { renameDevice } from "./rename-device"
import type { Store } from "./store"
import { tagDevice } from "./tag-device"

const longestNote = 2000

/**
 * Removes older keys of a machine beside one that stays, which takes over what people called, noted and tagged them;
 * rights never pass from one to another. Each step is a command with an entry of its own. Leaves alone what is
 * connected, what is of another machine by now, and what would lock somebody out.
 */
export async function mergeDuplicates(
  store: Store,
  input: Omit<LockoutAnswer, "confirmedLockout"> & {
    readonly keep: string
    readonly deviceIds: readonly string[]
    readonly nowMs: number
  },
): Promise<readonly DeviceOutcome[]> {
  const { keep, deviceIds, actor, ownAddress, nowMs } = input
  const rows = await store.db.device.findMany({
    where: { deviceId: { in: [keep, ...deviceIds] } },
    orderBy: [{ pairedAtMs: "desc" }, { deviceId: "desc" }],
    select: { deviceId: true, machineKey: true, label: true, note: true, tags: { select: { tag: true } } },
  })
  const online = await store.presence.among(deviceIds)
  const kept = rows.find(({ deviceId }) => deviceId === keep)
  const refusalOf = (deviceId: string): Refusal | null => {
    const row = rows.find((each) => each.deviceId === deviceId)
    if (row === undefined || kept === undefined) return "unknown-device-or-role"
    if (deviceId === keep || row.machineKey === null || row.machineKey !== kept.machineKey) return "another-machine"
    return online.has(deviceId) ? "still-connected" : null
  }
  const refused = new Map(deviceIds.map((deviceId) => [deviceId, refusalOf(deviceId)]))
  const going = rows.filter(({ deviceId }) => refused.get(deviceId) === null)
  if (kept !== undefined && going.length > 0) {
    const by = { deviceId: keep, actor, nowMs }
    // What is there already is refused as nothing to change, which is as well.
    const label = kept.label ?? going.find((row) => row.label !== null)?.label ?? null
    if (label !== null) await renameDevice(store, { ...by, label })
    const notes = [kept, ...going].map(({ note }) => note).filter((note) => note !== "")
    await noteDevice(store, { ...by, note: [...new Set(notes)].join("\n").slice(0, longestNote) })
    const tags = [kept, ...going].flatMap((row) => row.tags.map(({ tag }) => tag))
    await tagDevice(store, { ...by, add: [...new Set(tags)].slice(0, mostTags), remove: [] })
  }
  const note = `an older key of the machine of ${keep.slice(0, 8)}`
  const removed = await removeDevices(store, {
    deviceIds: going.map(({ deviceId }) => deviceId),
    note,
    actor,
    ownAddress,
    nowMs,
  })
  return deviceIds.map(
    (deviceId) =>
      removed.find((outcome) => outcome.deviceId === deviceId) ?? { deviceId, refused: refused.get(deviceId) ?? null },
  )
}
