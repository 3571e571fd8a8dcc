import type { Store } from "@/lib/store/store"

/** Most keys that are counted. */
const countLimit = 1_000
const batch = 500

/**
 * The blocked keys that are no devices, in no order, and how many there are as far as they are counted. Key by key along
 * an index, and not as one join, which PostgreSQL answers by reading all devices.
 */
export async function readKeysWithoutDevice({ db }: Pick<Store, "db">) {
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
  return { found, count: { value: Math.min(found.length, countLimit), more: found.length > countLimit } }
}
