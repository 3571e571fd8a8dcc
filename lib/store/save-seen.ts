import { saveTerms } from "./device-terms"
import type { RefusalCounter, Seen } from "./observed"
import { toList, toRole } from "./rows"
import { queryWithRows, type RowList, runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

/**
 * Writes when and from where devices were last seen, when they last used a token, and how often they were plainly let
 * in. One row of each device is touched, and further ones only where it moved or a new day began.
 */
export async function saveSeen(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const stored = await findOutdated(tx, seen)
  const counts: DayCount[] = []
  const rows = seen.map(({ deviceId, seenAtMs, address, used, allows }) => {
    const days = [...allows].sort(([one], [other]) => one - other)
    const latest = stored.get(deviceId)?.counted ?? null
    const newest = days.at(-1)
    const isLate = latest !== null && newest !== undefined && latest.day > newest[0]
    const own = isLate ? undefined : days.pop()
    counts.push(...days.map(([day, count]) => ({ deviceId, day, count })))
    if (latest !== null && own !== undefined && latest.day < own[0]) counts.push({ deviceId, ...latest })
    const [day, count] = own ?? [null, null]
    return [deviceId, seenAtMs, address, used.operator ?? null, used.node ?? null, day, count]
  })
  await runWithRows(
    tx,
    { types: ["TEXT", "DOUBLE PRECISION", "TEXT", "DOUBLE PRECISION", "DOUBLE PRECISION", "INTEGER", "INTEGER"], rows },
    (select) => `WITH v(c0, c1, c2, c3, c4, c5, c6) AS (${select}) UPDATE "Device"
      SET "lastSeenAtMs" = v.c1, "lastAddress" = v.c2,
        "operatorUsedAtMs" = COALESCE(v.c3, "operatorUsedAtMs"), "nodeUsedAtMs" = COALESCE(v.c4, "nodeUsedAtMs"),
        "allowDay" = COALESCE(v.c5, "allowDay"),
        "allowCount" = CASE WHEN v.c5 IS NULL THEN "allowCount" WHEN v.c5 = "allowDay" THEN "allowCount" + v.c6 ELSE v.c6 END
      FROM v WHERE "Device"."deviceId" = v.c0`,
  )
  // After the rows of the devices, as in every command: two that lock in another order could block each other.
  await saveMoved(tx, new Map([...stored].flatMap(([id, { address }]) => (address === null ? [] : [[id, address]]))))
  await addCounts(tx, counts)
}

type DayCount = { readonly deviceId: string; readonly day: number; readonly count: number }

type Outdated = {
  /** The new address; null where it is the same. */
  readonly address: string | null
  /** The day that is counted in the row, when it is another one than today's. */
  readonly counted: { readonly day: number; readonly count: number } | null
}

/** The devices that moved since they were last seen, or whose row counts another day. */
async function findOutdated(tx: Tx, seen: readonly Seen[]): Promise<ReadonlyMap<string, Outdated>> {
  const list: RowList = {
    types: ["TEXT", "TEXT", "INTEGER"],
    rows: seen.map(({ deviceId, address, allows }) => [
      deviceId,
      address,
      allows.size === 0 ? null : Math.max(...allows.keys()),
    ]),
  }
  const found = await queryWithRows(
    tx,
    list,
    (select) => `WITH v(c0, c1, c2) AS (${select})
      SELECT v.c0 AS "deviceId", v.c1 AS "address", "lastAddress", v.c2 AS "day", "allowDay", "allowCount"
      FROM v JOIN "Device" ON "Device"."deviceId" = v.c0
      WHERE "lastAddress" IS NULL OR "lastAddress" <> v.c1 OR "allowDay" <> v.c2`,
  )
  return new Map(
    found.map(({ deviceId, address, lastAddress, day, allowDay, allowCount }) => [
      String(deviceId),
      {
        address: address === lastAddress ? null : String(address),
        counted: allowDay === null || allowDay === day ? null : { day: Number(allowDay), count: Number(allowCount) },
      },
    ]),
  )
}

/** The last address is a search term, so devices that moved get their terms anew. */
async function saveMoved(tx: Tx, addresses: ReadonlyMap<string, string>): Promise<void> {
  if (addresses.size === 0) return
  const devices = await tx.db.device.findMany({
    where: { deviceId: { in: [...addresses.keys()] } },
    select: {
      ...{ deviceId: true, displayName: true, label: true, platform: true, deviceFamily: true },
      ...{ clientId: true, clientMode: true, roles: true },
    },
  })
  const sources = devices.map((device) => {
    const lastAddress = addresses.get(device.deviceId) ?? null
    return { ...device, lastAddress, roles: toList(device.roles).map(toRole) }
  })
  await saveTerms(tx, sources)
}

async function addCounts(tx: Tx, counts: readonly DayCount[]): Promise<void> {
  const rows = counts.map(({ deviceId, day, count }) => [deviceId, day, count])
  await runWithRows(
    tx,
    { types: ["TEXT", "INTEGER", "INTEGER"], rows },
    (select) => `WITH v(c0, c1, c2) AS (${select})
      INSERT INTO "ConnectCount" ("deviceId", "day", "count") SELECT v.c0, v.c1, CAST(SUM(v.c2) AS INTEGER)
      FROM v WHERE TRUE GROUP BY v.c0, v.c1 ON CONFLICT ("deviceId", "day") DO UPDATE SET "count" = "ConnectCount"."count" + excluded."count"`,
  )
}

/** Adds up refusals per reason, prefix and hour. */
export async function saveRefusals(tx: Tx, refusals: readonly RefusalCounter[]): Promise<void> {
  const counters = refusals.map(({ reason, prefix, hour, count }) => [reason, prefix, hour, count])
  await runWithRows(
    tx,
    { types: ["TEXT", "TEXT", "INTEGER", "INTEGER"], rows: counters },
    (select) => `INSERT INTO "RefusalCount" ("reason", "prefix", "hour", "count") ${select}
      ON CONFLICT ("reason", "prefix", "hour") DO UPDATE SET "count" = "RefusalCount"."count" + excluded."count"`,
  )
}
