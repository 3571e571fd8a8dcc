import "server-only"
import { headers } from "next/headers"
import { cache } from "react"
import { requireAdmin } from "@/lib/auth/admin"
import { clientAddress } from "@/lib/auth/client-address"
import { ceilingOf } from "@/lib/pairing/device"
import { scopeOfMethod } from "@/lib/pairing/method-scopes"
import { expiresAtMs } from "@/lib/pairing/requests"
import type { DeviceRecord, Policy, Role } from "@/lib/pairing/types"
import { currentStore, now } from "@/lib/store/instance"
import { readRecord } from "@/lib/store/load-record"
import { dayMs } from "@/lib/store/observed"
import type { LiveConnection } from "@/lib/store/presence"
import { currentSettings } from "@/lib/store/settings"
import type { Store } from "@/lib/store/store"
import { lastUse } from "@/lib/store/token-use"
import { readHistory, readScopeChanges } from "./device-history"
import { readLockout } from "./device-lockout"
import { roleView } from "./device-rights"
import type { CallRow, DeviceView, LiveSession, PairedView, WaitingRequest } from "./device-types"
import { readUnused } from "./device-use"
import { roleStanding } from "./role-standing"
import type { StoredScopeChange } from "./scope-lanes"

/** Most live sessions that the page lists. */
const mostSessions = 50
/** Most methods of one session that it lists. */
const mostCalls = 40

/** Everything the page of one device shows but its log; null for an id that nothing is known of. */
export const loadDevice = cache(async (deviceId: string): Promise<DeviceView | null> => {
  await requireAdmin("devices.see")
  const store = currentStore()
  const nowMs = now()
  const { policy } = await store.policy()
  const [record, block, scopeChanges] = await Promise.all([
    readRecord(store, { deviceId, pendingTtlMs: policy.pendingTtlMs, nowMs }),
    store.db.block.findFirst({
      where: { deviceId },
      select: { atMs: true, byName: true, note: true, toldReason: true },
    }),
    readScopeChanges(store, deviceId),
  ])
  const { device } = record
  const ceiling = device === null ? [] : ceilingOf(device, policy)
  const [paired, history, past, lockout, sessions] = await Promise.all([
    readPaired(store, record, { policy, changes: scopeChanges.changes, nowMs }),
    readHistory(store, deviceId, device, { ...scopeChanges, ceiling, nowMs }),
    device === null ? readPast(store, deviceId) : null,
    readLockout(store, deviceId, clientAddress(await headers())),
    store.presence.of(deviceId),
  ])
  if (paired === null && block === null && past === null) return null
  return {
    nowMs,
    deviceId,
    name: paired?.label ?? paired?.displayName ?? past?.displayName ?? null,
    block,
    waiting: record.requests.map(toWaiting(record.device, policy)),
    sessions: sessions.slice(0, mostSessions).map(toSession(nowMs)),
    history,
    paired,
    lockout,
  }
})

function toSession(nowMs: number) {
  return ({ connId, role, scopes, address, client, sinceMs, calls }: LiveConnection): LiveSession => ({
    ...{ connId, role, scopes, address, client, sinceMs },
    calls:
      calls === undefined
        ? null
        : calls(nowMs)
            .slice(0, mostCalls)
            .map((call): CallRow => ({ ...call, scope: scopeOfMethod(call.method, call.missingScope) })),
  })
}

async function readPaired(
  store: Store,
  { device }: DeviceRecord,
  { policy, changes, nowMs }: { policy: Policy; changes: readonly StoredScopeChange[]; nowMs: number },
): Promise<PairedView | null> {
  if (device === null) return null
  const { deviceId } = device
  const ceiling = ceilingOf(device, policy)
  const [row, connects, { graceHours, attemptDays }, unused] = await Promise.all([
    store.db.device.findUnique({
      where: { deviceId },
      select: {
        label: true,
        note: true,
        tags: { select: { tag: true }, orderBy: { tag: "asc" } },
        approvedBy: true,
        lastSeenAtMs: true,
        lastAddress: true,
        isNarrowed: true,
        operatorUsedAtMs: true,
        nodeUsedAtMs: true,
        allowDay: true,
        allowCount: true,
        tokens: { select: { role: true, issuedAtMs: true, issuedHow: true, issuedBy: true } },
      },
    }),
    store.db.connectCount.aggregate({ where: { deviceId }, _sum: { count: true } }),
    currentSettings(store),
    readUnused(store, { deviceId, ceiling, pairedAtMs: device.pairedAtMs, nowMs }),
  ])
  // Removed between the two reads.
  if (row === null) return null
  const { tokens, tags, allowDay, allowCount, operatorUsedAtMs, nodeUsedAtMs, ...shown } = row
  const latest = allowDay !== null && allowDay >= Math.floor(nowMs / dayMs) - attemptDays ? allowCount : 0
  const { metadata } = device
  const tokenRowOf = (role: Role) => {
    const token = tokens.find((one) => one.role === role)
    return token && { ...token, lastUsedAtMs: lastUse({ operatorUsedAtMs, nodeUsedAtMs }, token) }
  }
  return {
    ...shown,
    ...metadata,
    tags: tags.map(({ tag }) => tag),
    pairedAtMs: device.pairedAtMs,
    approvedVia: device.approvedVia,
    silentScopes: device.silentScopes,
    revision: device.revision,
    unused,
    graceMs: graceHours * 3_600_000,
    plainConnects: (connects._sum.count ?? 0) + latest,
    roles: device.roles.map((role) => roleView(device, role, { ceiling, changes, nowMs, row: tokenRowOf(role) })),
  }
}

function toWaiting(device: DeviceRecord["device"], policy: Policy) {
  return (request: DeviceRecord["requests"][number]): WaitingRequest => {
    const { requestId, role, reason, scopes, filedAtMs, triedAtMs, tries } = request
    const { roleRevokedAtMs, roleEndedAtMs } = roleStanding(device, role)
    return {
      ...{ requestId, role, reason, scopes, filedAtMs, triedAtMs, tries, roleRevokedAtMs, roleEndedAtMs },
      expiresAtMs: expiresAtMs(request, policy),
    }
  }
}

/** What an id that is not paired is known by: its latest request. */
function readPast(store: Store, deviceId: string): Promise<{ displayName: string | null } | null> {
  return store.db.request.findFirst({
    where: { deviceId },
    orderBy: { filedAtMs: "desc" },
    select: { displayName: true },
  })
}
