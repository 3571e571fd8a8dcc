import { saveTerms } from "./device-terms"
import type { RefusalCounter, Seen } from "./observed"
import { toList, toRole } from "./rows"
import { queryWithRows, type RowList, runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

/** Writes when and from where devices were last seen, and when their tokens were last used. */
export async function saveSeen(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const list: RowList = {
    types: ["TEXT", "DOUBLE PRECISION", "TEXT"],
    rows: seen.map(({ deviceId, seenAtMs, address }) => [deviceId, seenAtMs, address]),
  }
  const moved = await findMoved(tx, list)
  await runWithRows(
    tx,
    list,
    (select) => `WITH v(c0, c1, c2) AS (${select}) UPDATE "Device"
      SET "lastSeenAtMs" = v.c1, "lastAddress" = v.c2 FROM v WHERE "Device"."deviceId" = v.c0`,
  )
  // After the rows of the devices, as in every command: two that lock in another order could block each other.
  await saveMoved(tx, moved)
  await runWithRows(
    tx,
    { types: ["TEXT", "DOUBLE PRECISION"], rows: seen.flatMap(({ tokens }) => [...tokens]) },
    (select) => `WITH v(c0, c1) AS (${select}) UPDATE "Token"
      SET "lastUsedAtMs" = v.c1 FROM v WHERE "Token"."tokenId" = v.c0`,
  )
}

/** The new addresses of the devices that moved since they were last seen. */
async function findMoved(tx: Tx, seen: RowList): Promise<ReadonlyMap<string, string>> {
  const moved = await queryWithRows(
    tx,
    seen,
    (select) => `WITH v(c0, c1, c2) AS (${select}) SELECT v.c0 AS "deviceId", v.c2 AS "address"
      FROM v JOIN "Device" ON "Device"."deviceId" = v.c0
      WHERE "Device"."lastAddress" IS NULL OR "Device"."lastAddress" <> v.c2`,
  )
  return new Map(moved.map((row) => [String(row.deviceId), String(row.address)]))
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

/** Adds up plain allows per device and day, and refusals per reason, prefix and hour. */
export async function saveCounts(tx: Tx, seen: readonly Seen[], refusals: readonly RefusalCounter[]): Promise<void> {
  const allows = seen.flatMap(({ deviceId, allows }) => [...allows].map(([day, count]) => [deviceId, day, count]))
  await runWithRows(
    tx,
    { types: ["TEXT", "INTEGER", "INTEGER"], rows: allows },
    (select) => `INSERT INTO "ConnectCount" ("deviceId", "day", "count") ${select}
      ON CONFLICT ("deviceId", "day") DO UPDATE SET "count" = "ConnectCount"."count" + excluded."count"`,
  )
  const counters = refusals.map(({ reason, prefix, hour, count }) => [reason, prefix, hour, count])
  await runWithRows(
    tx,
    { types: ["TEXT", "TEXT", "INTEGER", "INTEGER"], rows: counters },
    (select) => `INSERT INTO "RefusalCount" ("reason", "prefix", "hour", "count") ${select}
      ON CONFLICT ("reason", "prefix", "hour") DO UPDATE SET "count" = "RefusalCount"."count" + excluded."count"`,
  )
}
