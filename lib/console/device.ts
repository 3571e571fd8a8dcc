import "server-only"
import { cache } from "react"
import { requireAdmin } from "@/lib/auth/admin"
import { ceilingOf } from "@/lib/pairing/device"
import { expiresAtMs } from "@/lib/pairing/requests"
import type { DeviceRecord, Policy } from "@/lib/pairing/types"
import { currentStore } from "@/lib/store/instance"
import { readRecord } from "@/lib/store/load-record"
import { currentSettings } from "@/lib/store/settings"
import type { Store } from "@/lib/store/store"
import { readHistory, readScopeChanges } from "./device-history"
import { roleView } from "./device-rights"
import type { DeviceView, PairedView, WaitingRequest } from "./device-types"
import type { StoredScopeChange } from "./scope-lanes"

/** Most live sessions that the page lists. */
const mostSessions = 50

/** Everything the page of one device shows but its log; null for an id that nothing is known of. */
export const loadDevice = cache(async (deviceId: string): Promise<DeviceView | null> => {
  await requireAdmin("devices.see")
  const store = currentStore()
  const nowMs = Date.now()
  const { policy } = await store.policy()
  const [record, block, scopeChanges] = await Promise.all([
    readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs }),
    store.db.block.findFirst({ where: { deviceId }, select: { atMs: true, byName: true, note: true } }),
    readScopeChanges(store, deviceId),
  ])
  const { device } = record
  const ceiling = device === null ? [] : ceilingOf(device, policy)
  const [paired, history, past] = await Promise.all([
    readPaired(store, record, policy, scopeChanges.changes),
    readHistory(store, deviceId, device, { ...scopeChanges, ceiling, nowMs }),
    device === null ? readPast(store, deviceId) : null,
  ])
  if (paired === null && block === null && past === null) return null
  return {
    nowMs,
    deviceId,
    name: paired?.label ?? paired?.displayName ?? past?.displayName ?? null,
    block,
    waiting: record.requests.map(toWaiting(policy)),
    sessions: store.presence.list(deviceId).slice(0, mostSessions),
    history,
    paired,
  }
})

async function readPaired(
  store: Store,
  { device }: DeviceRecord,
  policy: Policy,
  changes: readonly StoredScopeChange[],
): Promise<PairedView | null> {
  if (device === null) return null
  const { deviceId } = device
  const [row, connects, { graceHours }] = await Promise.all([
    store.db.device.findUnique({
      where: { deviceId },
      select: {
        label: true,
        note: true,
        approvedBy: true,
        lastSeenAtMs: true,
        lastAddress: true,
        isNarrowed: true,
        tokens: { select: { role: true, issuedHow: true, issuedBy: true, lastUsedAtMs: true } },
      },
    }),
    store.db.connectCount.aggregate({ where: { deviceId }, _sum: { count: true } }),
    currentSettings(store),
  ])
  // Removed between the two reads.
  if (row === null) return null
  const { tokens, ...shown } = row
  const { metadata } = device
  const ceiling = ceilingOf(device, policy)
  return {
    ...shown,
    ...metadata,
    pairedAtMs: device.pairedAtMs,
    approvedVia: device.approvedVia,
    silentScopes: device.silentScopes,
    revision: device.revision,
    graceMs: graceHours * 3_600_000,
    plainConnects: connects._sum.count ?? 0,
    roles: device.roles.map((role) =>
      roleView(device, role, { ceiling, changes, row: tokens.find((token) => token.role === role) }),
    ),
  }
}

function toWaiting(policy: Policy) {
  return (request: DeviceRecord["requests"][number]): WaitingRequest => ({
    requestId: request.requestId,
    role: request.role,
    reason: request.reason,
    scopes: request.scopes,
    filedAtMs: request.filedAtMs,
    triedAtMs: request.triedAtMs,
    expiresAtMs: expiresAtMs(request, policy),
    tries: request.tries,
  })
}

/** What an id that is not paired is known by: its latest request. */
function readPast(store: Store, deviceId: string): Promise<{ displayName: string | null } | null> {
  return store.db.request.findFirst({
    where: { deviceId },
    orderBy: { filedAtMs: "desc" },
    select: { displayName: true },
  })
}
