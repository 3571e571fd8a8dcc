import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { currentStore } from "@/lib/store/instance"
import type { BlockedKeys } from "./device-list-types"
import { readKeysWithoutDevice } from "./keys-without-device"

/** Most keys that are named. */
const mostShown = 50

/** The blocked keys that the list of devices does not have, because they are none: latest first, as they called themselves. */
export async function loadBlockedKeys(): Promise<BlockedKeys> {
  await requireAdmin("devices.see")
  const store = currentStore()
  const { found, count } = await readKeysWithoutDevice(store)
  const shown = found.toSorted((one, other) => other.atMs - one.atMs).slice(0, mostShown)
  const asked = await store.db.request.findMany({
    where: { deviceId: { in: shown.map((key) => key.deviceId) } },
    orderBy: { filedAtMs: "asc" },
    select: { deviceId: true, displayName: true },
  })
  const names = new Map(asked.map((request) => [request.deviceId, request.displayName]))
  return {
    count,
    rows: shown.map(({ publicKey: _, ...key }) => ({ ...key, name: names.get(key.deviceId) ?? null })),
  }
}
