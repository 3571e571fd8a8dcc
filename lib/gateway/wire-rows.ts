import { isLoopback } from "@/lib/pairing/locality"
import { expiresAtMs, oldestLiveTryMs } from "@/lib/pairing/requests"
import type { Lane, Role } from "@/lib/pairing/types"
import { toList, toRole } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { lastUse } from "@/lib/store/token-use"

/** A value only where there is one: the protocol leaves absent fields out. */
function present<T extends object>(fields: T): Partial<T> {
  const kept: Partial<T> = { ...fields }
  for (const key in kept) if (kept[key] === null || kept[key] === undefined) delete kept[key]
  return kept
}

const remoteIp = (address: string | null) => (address === null || isLoopback(address) ? null : address)

const pendingSelect = {
  requestId: true,
  deviceId: true,
  publicKey: true,
  displayName: true,
  platform: true,
  deviceFamily: true,
  clientId: true,
  clientMode: true,
  role: true,
  scopes: true,
  address: true,
  filedAtMs: true,
  triedAtMs: true,
} as const

const deviceSelect = {
  deviceId: true,
  publicKey: true,
  displayName: true,
  label: true,
  platform: true,
  deviceFamily: true,
  clientId: true,
  clientMode: true,
  roles: true,
  approvedScopes: true,
  legacyScopes: true,
  approvedVia: true,
  lastAddress: true,
  pairedAtMs: true,
  approvedAtMs: true,
  lastSeenAtMs: true,
  nextEndMs: true,
  operatorUsedAtMs: true,
  nodeUsedAtMs: true,
  tokens: {
    orderBy: { role: "asc" },
    select: {
      role: true,
      scopes: true,
      createdAtMs: true,
      issuedAtMs: true,
      revokedAtMs: true,
    },
  },
} as const

type PendingRecord = NonNullable<Awaited<ReturnType<typeof findPending>>>
type DeviceRecord = NonNullable<Awaited<ReturnType<typeof findDevice>>>

const findPending = (store: Store, requestId: string) =>
  store.db.request.findUnique({ where: { requestId, status: "pending" }, select: pendingSelect })

const findDevice = (store: Store, deviceId: string) =>
  store.db.device.findUnique({ where: { deviceId }, select: deviceSelect })

/** A waiting request in the shape of the protocol; `isRepair` where its device is paired already. */
export function pendingRow(row: PendingRecord, isRepair: boolean, pendingTtlMs: number) {
  const { requestId, deviceId, publicKey, displayName, platform, deviceFamily, clientId, clientMode, role } = row
  return {
    requestId,
    deviceId,
    publicKey,
    ...present({ displayName, platform, deviceFamily, clientId, clientMode }),
    role,
    roles: [role],
    scopes: toList(row.scopes),
    ...present({ remoteIp: remoteIp(row.address) }),
    silent: false,
    isRepair,
    ts: row.filedAtMs,
    expiresAtMs: expiresAtMs(row, { pendingTtlMs }),
  }
}

/** The protocol's words for how a device came in. */
export const approvedVia: Record<"person" | Lane, string> = {
  person: "owner",
  local: "silent",
  "same-key": "silent",
  "node-cidr": "trusted-cidr",
  "identity-proxy": "trusted-proxy",
}

const isVia = (text: string): text is keyof typeof approvedVia => Object.hasOwn(approvedVia, text)

/** A paired device in the shape of the protocol: no ceiling of its own, tokens as a list, never a secret. */
export function deviceRow(row: DeviceRecord) {
  const { deviceId, publicKey, displayName, platform, deviceFamily, clientId, clientMode } = row
  const roles = toList(row.roles)
  return {
    deviceId,
    publicKey,
    ...present({ displayName, operatorLabel: row.label, platform, deviceFamily, clientId, clientMode }),
    ...present({ role: roles.at(-1) ?? null }),
    roles,
    scopes: toList(row.approvedScopes ?? row.legacyScopes ?? ""),
    ...present({
      remoteIp: remoteIp(row.lastAddress),
      approvedVia: isVia(row.approvedVia) ? approvedVia[row.approvedVia] : null,
    }),
    createdAtMs: row.pairedAtMs,
    approvedAtMs: row.approvedAtMs,
    ...present({ endsAtMs: row.nextEndMs }),
    ...(row.lastSeenAtMs === null ? {} : { lastSeenAtMs: row.lastSeenAtMs, lastSeenReason: "connect" }),
    ...(row.tokens.length === 0 ? {} : { tokens: row.tokens.map((token) => tokenRow(token, lastUse(row, token))) }),
  }
}

function tokenRow(token: DeviceRecord["tokens"][number], lastUsedAtMs: number | null) {
  const { role, scopes, createdAtMs, issuedAtMs, revokedAtMs } = token
  const rotatedAtMs = issuedAtMs === createdAtMs ? null : issuedAtMs
  return { role, scopes: toList(scopes), createdAtMs, ...present({ rotatedAtMs, revokedAtMs, lastUsedAtMs }) }
}

/** One waiting request in the shape of the protocol; null when it waits no more. */
export async function loadPendingRow(store: Store, requestId: string) {
  const [row, { policy }] = await Promise.all([findPending(store, requestId), store.policy()])
  if (row === null) return null
  const isRepair = (await store.db.device.count({ where: { deviceId: row.deviceId } })) > 0
  return pendingRow(row, isRepair, policy.pendingTtlMs)
}

/** One paired device in the shape of the protocol; null when there is none. */
export async function loadDeviceRow(store: Store, deviceId: string) {
  const row = await findDevice(store, deviceId)
  return row === null ? null : deviceRow(row)
}

/** The waiting requests and the row of one device; those that expired are not listed, whether or not that was written. */
export async function loadOwnList(store: Store, deviceId: string, nowMs: number) {
  const { policy } = await store.policy()
  const waiting = await store.db.request.findMany({
    where: { deviceId, status: "pending", triedAtMs: { gte: oldestLiveTryMs(policy, nowMs) } },
    orderBy: { filedAtMs: "desc" },
    select: pendingSelect,
  })
  const device = await findDevice(store, deviceId)
  const connected = (await store.presence.among([deviceId])).has(deviceId)
  return {
    pending: waiting.map((row) => pendingRow(row, device !== null, policy.pendingTtlMs)),
    paired: device === null ? [] : [{ ...deviceRow(device), connected }],
  }
}

/** The role that a request is about, waiting or ended; null when there was never one of that id. */
export async function loadRequestedRole(store: Store, requestId: string): Promise<Role | null> {
  const row = await store.db.request.findUnique({ where: { requestId }, select: { role: true } })
  return row === null ? null : toRole(row.role)
}
