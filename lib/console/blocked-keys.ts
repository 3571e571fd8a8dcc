import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { currentStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import type { BlockedKeys } from "./device-list-types"

/** Most keys that are counted, and most that are named. */
const countLimit = 1_000
const mostShown = 50
const batch = 500

/** The blocked keys that the list of devices does not have, because they are none: latest first, as they called themselves. */
export async function loadBlockedKeys(): Promise<BlockedKeys> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const found = await readKeysWithoutDevice(store)
  const shown = found.toSorted((one, other) => other.atMs - one.atMs).slice(0, mostShown)
  const asked = await store.db.request.findMany({
    where: { deviceId: { in: shown.map((key) => key.deviceId) } },
    orderBy: { filedAtMs: "asc" },
    select: { deviceId: true, displayName: true },
  })
  const names = new Map(asked.map((request) => [request.deviceId, request.displayName]))
  return {
    count: { value: Math.min(found.length, countLimit), more: found.length > countLimit },
    rows: shown.map(({ publicKey: _, ...key }) => ({ ...key, name: names.get(key.deviceId) ?? null })),
  }
}

/** Key by key along an index, and not as one join, which PostgreSQL answers by reading all devices. */
async function readKeysWithoutDevice({ db }: Store) {
  const found = []
  let last: string | null = null
  do {
    const keys: { publicKey: string; deviceId: string; atMs: number; byName: string }[] = await db.block.findMany({
      where: last === null ? {} : { publicKey: { gt: last } },
      orderBy: { publicKey: "asc" },
      select: { publicKey: true, deviceId: true, atMs: true, byName: true },
      take: batch,
    })
    const devices = await db.device.findMany({
      where: { publicKey: { in: keys.map((key) => key.publicKey) } },
      select: { publicKey: true },
    })
    const paired = new Set(devices.map((device) => device.publicKey))
    found.push(...keys.filter((key) => !paired.has(key.publicKey)))
    last = keys.length < batch ? null : (keys.at(-1)?.publicKey ?? null)
  } while (last !== null && found.length <= countLimit)
  return found
}
