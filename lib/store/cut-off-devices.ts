import type { CutOffSummary, DeviceOutcome } from "@/lib/pairing/at-once"
import type { LockoutLoss, Refused } from "@/lib/pairing/types"
import { isOwnDevice, type LockoutAnswer } from "./lockout"
import { onEachDevice } from "./on-each-device"
import { removeDevice } from "./remove-device"
import { revokeToken } from "./revoke-token"
import { toList, toRole } from "./rows"
import type { Store } from "./store"

type CutOff = Omit<LockoutAnswer, "confirmedLockout"> & {
  readonly deviceIds: readonly string[]
  readonly note: string | null
  readonly nowMs: number
}

/** Revokes the tokens of several devices. What would lock somebody out is refused, as nobody was asked about it. */
export async function revokeDevices(store: Store, input: CutOff): Promise<readonly DeviceOutcome[]> {
  const order = await longestUnseenFirst(store, input.deviceIds)
  return onEachDevice(order, (deviceId) => revokeTokens(store, { ...input, deviceId }))
}

/** Removes several devices. What would lock somebody out is refused, as nobody was asked about it. */
export async function removeDevices(store: Store, input: CutOff): Promise<readonly DeviceOutcome[]> {
  const order = await longestUnseenFirst(store, input.deviceIds)
  return onEachDevice(order, (deviceId) => removeDevice(store, { ...input, deviceId }))
}

/** So that of several with pairing or admin it is the one in use that is left at the end. */
async function longestUnseenFirst({ db }: Store, deviceIds: readonly string[]): Promise<readonly string[]> {
  const where = { deviceId: { in: [...deviceIds] } }
  const rows = await db.device.findMany({ where, select: { deviceId: true, lastSeenAtMs: true } })
  const seen = new Map(rows.map(({ deviceId, lastSeenAtMs }) => [deviceId, lastSeenAtMs ?? 0]))
  return deviceIds.toSorted((first, second) => (seen.get(first) ?? 0) - (seen.get(second) ?? 0))
}

async function revokeTokens(
  store: Store,
  input: Omit<CutOff, "deviceIds"> & { readonly deviceId: string },
): Promise<{ readonly ok: true } | Refused> {
  const { deviceId } = input
  const device = await store.db.device.findUnique({ where: { deviceId }, select: { roles: true } })
  let refused: Refused | null = { ok: false, because: "unknown-device-or-role" }
  for (const role of toList(device?.roles ?? "").map(toRole)) {
    const result = await revokeToken(store, { ...input, role })
    // One role may have been revoked before; what counts is that none is left.
    if (result.ok) refused = null
    else refused &&= result
  }
  return refused ?? { ok: true }
}

/** What one should know before several devices are cut off. The commands look again, one by one. */
export async function summariseCutOff(
  store: Store,
  { deviceIds, ownAddress }: { readonly deviceIds: readonly string[]; readonly ownAddress: string | null },
): Promise<CutOffSummary> {
  const [found, last] = await Promise.all([
    store.db.device.findMany({ where: { deviceId: { in: [...deviceIds] } }, select: { deviceId: true } }),
    findLastAuthority(store, deviceIds),
  ])
  const here = new Set(found.map(({ deviceId }) => deviceId))
  const asked = deviceIds
    .filter((deviceId) => here.has(deviceId))
    .map(async (deviceId) => ({ deviceId, because: await reasonsToKeep(store, { deviceId, last, ownAddress }) }))
  const kept = (await Promise.all(asked)).filter(({ because }) => because.length > 0)
  const gone = [...here].filter((deviceId) => !kept.some((own) => own.deviceId === deviceId))
  const scopes = await store.db.deviceScope.groupBy({
    by: ["scope"],
    where: { deviceId: { in: gone }, kind: "approved" },
    _count: { deviceId: true },
    orderBy: { scope: "asc" },
  })
  return {
    devices: found.length,
    online: (await store.presence.among(gone)).size,
    scopes: scopes.map(({ scope, _count }) => ({ scope, devices: _count.deviceId })),
    kept,
  }
}

type LastAuthority = { readonly deviceId: string; readonly loss: LockoutLoss }

async function reasonsToKeep(
  store: Store,
  {
    deviceId,
    last,
    ownAddress,
  }: { readonly deviceId: string; readonly last: LastAuthority | null; readonly ownAddress: string | null },
): Promise<readonly LockoutLoss[]> {
  return [
    ...(last?.deviceId === deviceId ? [last.loss] : []),
    ...((await isOwnDevice(store, deviceId, ownAddress)) ? (["own-device"] as const) : []),
  ]
}

/** The device that is left of some, because no other one that is not blocked holds what it holds: admin, else pairing. */
async function findLastAuthority(store: Store, deviceIds: readonly string[]): Promise<LastAuthority | null> {
  for (const [scope, loss] of [
    ["operator.admin", "last-admin"],
    ["operator.pairing", "last-pairing"],
  ] as const) {
    const holds = { kind: "current", scope, device: { isBlocked: false } }
    const orderBy = { deviceId: "asc" } as const
    const where = { ...holds, deviceId: { notIn: [...deviceIds] } }
    if ((await store.db.deviceScope.findFirst({ where, orderBy, select: { scope: true } })) !== null) return null
    const own = await store.db.deviceScope.findMany({ where: { ...holds, deviceId: { in: [...deviceIds] } } })
    const [last] = (await longestUnseenFirst(store, deviceIds))
      .toReversed()
      .filter((deviceId) => own.some((row) => row.deviceId === deviceId))
    if (last !== undefined) return { deviceId: last, loss }
  }
  return null
}
