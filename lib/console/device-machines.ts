import { Prisma, type PrismaClient } from "@/lib/store/generated/sqlite/client"
import type { DeviceKey } from "./device-order"
import type { Restriction } from "./device-restrictions"

/** Devices whose machine has several keys paired. */
export const ofDuplicate: Restriction = {
  async find(db, take) {
    const machines = await db.machine.findMany({
      where: { pairings: { gt: 1 } },
      orderBy: [{ pairings: "asc" }, { machineKey: "asc" }],
      // Each of them has two at least.
      take: Math.ceil(take / 2),
      select: { machineKey: true },
    })
    const devices = await db.device.findMany({
      where: { machineKey: { in: machines.map(({ machineKey }) => machineKey) } },
      orderBy: [{ machineKey: "asc" }, { pairedAtMs: "asc" }, { deviceId: "asc" }],
      take,
      select: { deviceId: true },
    })
    return devices.map(({ deviceId }) => deviceId)
  },
  async test(db, keys) {
    const pairings = await readPairings(db, keys)
    return keys.filter(({ machineKey }) => machineKey !== null && pairings.has(machineKey))
  },
}

/** Of the keys of one machine only the one that was paired last; what has no name stands for itself. */
export const ofNewestKey: Restriction = {
  async test(db, keys) {
    const pairings = await readPairings(db, keys)
    const shared = keys.filter(({ machineKey }) => machineKey !== null && pairings.has(machineKey))
    if (shared.length === 0) return keys
    const ids = Prisma.join(shared.map(({ deviceId }) => deviceId))
    const older = await db.$queryRaw<{ deviceId: string }[]>`
      SELECT d."deviceId" AS "deviceId" FROM "Device" d WHERE d."deviceId" IN (${ids}) AND EXISTS (
        SELECT 1 FROM "Device" n WHERE n."machineKey" = d."machineKey"
        AND (n."pairedAtMs", n."deviceId") > (d."pairedAtMs", d."deviceId"))`
    const folded = new Set(older.map(({ deviceId }) => deviceId))
    return keys.filter(({ deviceId }) => !folded.has(deviceId))
  },
}

/** How many keys of each machine are paired, of those that have several. */
export async function readPairings(
  db: PrismaClient,
  keys: readonly Pick<DeviceKey, "machineKey">[],
): Promise<ReadonlyMap<string, number>> {
  const named = [...new Set(keys.flatMap(({ machineKey }) => machineKey ?? []))]
  if (named.length === 0) return new Map()
  const machines = await db.machine.findMany({ where: { machineKey: { in: named }, pairings: { gt: 1 } } })
  return new Map(machines.map(({ machineKey, pairings }) => [machineKey, pairings]))
}
