import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { ceilingOf } from "@/lib/pairing/device"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import { tokenState } from "@/lib/pairing/tokens"
import type { Policy } from "@/lib/pairing/types"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import { currentStore } from "@/lib/store/instance"
import { toList, toRole } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { findKnownScopes, findKnownTags } from "./device-choices"
import { findDeviceFacets } from "./device-facets"
import { atStart, cursorToText, type DeviceFilter } from "./device-filter"
import type { DeviceFacets, DeviceList, DeviceRow, DuplicatesView } from "./device-list-types"
import { readPairings } from "./device-machines"
import { type DevicePlaces, findDevicePage } from "./device-paging"
import { asksWhoIsOnline, type Circumstances } from "./device-restrictions"
import type { TokenStanding } from "./device-types"

const rowSelect = {
  deviceId: true,
  label: true,
  displayName: true,
  roles: true,
  approvedScopes: true,
  legacyScopes: true,
  isNarrowed: true,
  isSilent: true,
  isRevoked: true,
  isBlocked: true,
  nextEndMs: true,
  clientId: true,
  platform: true,
  pairedAtMs: true,
  approvedVia: true,
  lastSeenAtMs: true,
  lastAddress: true,
  machineKey: true,
  tags: { select: { tag: true }, orderBy: { tag: "asc" } },
  tokens: {
    select: { role: true, scopes: true, deliveredAtMs: true, usedAtMs: true, revokedAtMs: true },
  },
} as const satisfies Prisma.DeviceSelect

type StoredDevice = Prisma.DeviceGetPayload<{ select: typeof rowSelect }>

/** Most keys of one machine that are set side by side. */
const mostDuplicates = 20

/** Devices that an export reads at a time. */
const exportBatch = 500

/** One page of the devices that a filter lets through. */
export async function loadDevices(filter: DeviceFilter): Promise<DeviceList> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const circumstances = await circumstancesOf(store, filter)
  const { nowMs } = circumstances
  const page = await findDevicePage(store.db, filter, circumstances)
  const [rows, knownScopes, knownTags] = await Promise.all([
    readDevices(store, page.ids, nowMs),
    findKnownScopes(store.db),
    findKnownTags(store.db),
  ])
  return {
    nowMs,
    rows,
    count: page.count,
    previous: page.previous === null ? null : cursorToText(page.previous),
    next: page.next === null ? null : cursorToText(page.next),
    knownScopes,
    knownTags,
  }
}

/** All devices that a filter lets through, in its order, batch by batch. */
export async function exportDevices(filter: DeviceFilter): Promise<AsyncGenerator<readonly DeviceRow[]>> {
  await requireAdmin("devices.export")
  return batches(currentStore(), atStart(filter))
}

async function* batches(store: Store, filter: DeviceFilter): AsyncGenerator<readonly DeviceRow[]> {
  const circumstances = { ...(await circumstancesOf(store, filter)), isUnfolded: true }
  let after: DeviceFilter["after"] = null
  do {
    const page: DevicePlaces = await findDevicePage(store.db, { ...filter, after }, circumstances, exportBatch)
    if (page.ids.length > 0) yield await readDevices(store, page.ids, circumstances.nowMs)
    after = page.next
  } while (after !== null)
}

/** The rows of some devices, in their order. */
async function readDevices(store: Store, ids: readonly string[], nowMs: number): Promise<readonly DeviceRow[]> {
  const { policy } = await store.policy()
  const [stored, waiting, online] = await Promise.all([
    store.db.device.findMany({ where: { deviceId: { in: [...ids] } }, select: rowSelect }),
    countWaiting(store, ids, oldestLiveTryMs(policy, nowMs)),
    store.presence.among(ids),
  ])
  const pairings = await readPairings(store.db, stored)
  const rows = new Map(stored.map((device) => [device.deviceId, toRow(device, policy, pairings)]))
  // One that was removed between the two reads is left out.
  return ids.flatMap((deviceId) => {
    const row = rows.get(deviceId)
    return row ? [{ ...row, isOnline: online.has(deviceId), waiting: waiting.get(deviceId) ?? 0 }] : []
  })
}

/** The keys of the machine of a device, newest first; none where it is not paired or has no name. */
export async function loadDuplicates(deviceId: string): Promise<DuplicatesView> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const device = await store.db.device.findUnique({ where: { deviceId }, select: { machineKey: true } })
  if (!device?.machineKey) return { rows: [], more: false }
  const found = await store.db.device.findMany({
    where: { machineKey: device.machineKey },
    orderBy: [{ pairedAtMs: "desc" }, { deviceId: "desc" }],
    take: mostDuplicates + 1,
    select: { deviceId: true, approvedBy: true, label: true, note: true },
  })
  const shown = found.slice(0, mostDuplicates)
  const ids = shown.map((each) => each.deviceId)
  const rows = new Map((await readDevices(store, ids, store.now())).map((row) => [row.deviceId, row]))
  return {
    rows: shown.flatMap(({ deviceId: id, approvedBy, label, note }) => {
      const row = rows.get(id)
      return row ? [{ ...row, approvedBy, label, note }] : []
    }),
    more: found.length > mostDuplicates,
  }
}

/** How many devices each further choice would leave. */
export async function loadDeviceFacets(filter: DeviceFilter): Promise<DeviceFacets> {
  await requireAdmin("devices.see")
  const store = currentStore()
  return findDeviceFacets(store, filter, { nowMs: store.now(), online: await store.presence.devices() })
}

async function circumstancesOf({ presence, now }: Store, filter: DeviceFilter): Promise<Circumstances> {
  return { nowMs: now(), online: asksWhoIsOnline(filter) ? await presence.devices() : new Set() }
}

function toRow(
  device: StoredDevice,
  policy: Policy,
  pairings: ReadonlyMap<string, number>,
): Omit<DeviceRow, "isOnline" | "waiting"> {
  const rights = {
    approvedScopes: device.approvedScopes === null ? null : toList(device.approvedScopes),
    legacyScopes: device.legacyScopes === null ? null : toList(device.legacyScopes),
  }
  const roles = toList(device.roles).map((name) => {
    const token = device.tokens.find((candidate) => candidate.role === name)
    const standing: TokenStanding = token === undefined ? "none" : tokenState(token)
    const current = token === undefined || standing === "revoked" ? [] : toList(token.scopes)
    return { role: toRole(name), current, token: standing }
  })
  return {
    deviceId: device.deviceId,
    name: device.label ?? device.displayName,
    roles,
    approved: ceilingOf(rights, policy),
    isNarrowed: device.isNarrowed,
    isSilent: device.isSilent,
    isRevoked: device.isRevoked,
    isBlocked: device.isBlocked,
    // Where no role is in force, nothing that ends is held.
    nextEndMs: roles.some(({ token }) => token !== "revoked") ? device.nextEndMs : null,
    client: device.clientId,
    platform: device.platform,
    pairedAtMs: device.pairedAtMs,
    approvedVia: device.approvedVia,
    lastSeenAtMs: device.lastSeenAtMs,
    lastAddress: device.lastAddress,
    tags: device.tags.map(({ tag }) => tag),
    pairings: pairings.get(device.machineKey ?? "") ?? 1,
  }
}

/** Requests that can still be decided, per device. */
async function countWaiting(
  store: Store,
  deviceIds: readonly string[],
  oldestTryMs: number,
): Promise<ReadonlyMap<string, number>> {
  const requests = await store.db.request.findMany({
    where: { deviceId: { in: [...deviceIds] }, status: "pending", triedAtMs: { gte: oldestTryMs } },
    select: { deviceId: true },
  })
  const counts = new Map<string, number>()
  for (const { deviceId } of requests) counts.set(deviceId, (counts.get(deviceId) ?? 0) + 1)
  return counts
}
