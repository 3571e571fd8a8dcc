import { tokenState } from "@/lib/pairing/tokens"
import { number, numberOrNull, text, textOrNull, toPredecessors, toReason, toRole } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { unseenChoices } from "./device-filter"
import { markColumns } from "./device-restrictions"
import { readKeysWithoutDevice } from "./keys-without-device"
import type { Count, Overview, WaitingRotation } from "./overview-types"

const dayMs = 86_400_000
const countLimit = 1_000
/** Devices that were never seen are looked at one by one, for when they were paired. */
const neverSeenLimit = 10_000
/** Rotations that are shown when all are asked for. */
const mostRotations = 200

const pendingSql = `SELECT "reason", COUNT(*) AS "count", MIN("filedAtMs") AS "oldest" FROM "Request"
  WHERE "status" = 'pending' AND "triedAtMs" >= $1 GROUP BY "reason"`

const allSql = `SELECT COUNT(*) AS "count" FROM "Device"`

const goneSql = `SELECT COUNT(*) AS "count" FROM "Device" WHERE "lastSeenAtMs" < $1`

const neverSql = `SELECT "pairedAtMs" FROM "Device" WHERE "lastSeenAtMs" IS NULL LIMIT ${neverSeenLimit + 1}`

const rotationsSql = `SELECT t."deviceId", t."role", t."issuedAtMs", t."deliveredAtMs", t."usedAtMs", t."revokedAtMs",
    t."predecessors", d."label", d."displayName"
  FROM "Token" AS t JOIN "Device" AS d ON d."deviceId" = t."deviceId"
  WHERE t."issuedHow" = 'rotation' AND t."usedAtMs" IS NULL AND t."revokedAtMs" IS NULL
  ORDER BY t."issuedAtMs" LIMIT ${mostRotations + 1}`

// "true" is understood by both databases.
const markSql = (column: string) => `SELECT COUNT(*) AS "count" FROM "Device" WHERE "${column}" = true`

/** The questions of this file, for the test of their plans. */
export const deviceQueries = { pendingSql, goneSql, neverSql, rotationsSql, narrowedSql: markSql("isNarrowed") }

/** What waits for a decision, by its reason, as the list of requests has it. */
export async function readPending(store: Store, oldestLiveTryMs: number): Promise<Overview["pending"]> {
  const rows = await store.readRows(pendingSql, [oldestLiveTryMs])
  const byReason = rows
    .map((row) => ({ reason: toReason(row.reason), count: Number(row.count) }))
    .sort((one, other) => other.count - one.count)
  return {
    byReason,
    total: byReason.reduce((sum, { count }) => sum + count, 0),
    oldestFiledAtMs: rows.length === 0 ? null : Math.min(...rows.map((row) => number(row.oldest))),
  }
}

/** How many devices there are, how long they are unseen, and how many carry each mark, as the list of devices has it. */
export async function readDevices(store: Store, nowMs: number): Promise<Overview["devices"]> {
  const never = (await store.readRows(neverSql, [])).map((row) => number(row.pairedAtMs))
  const marks = ["narrowed", "silent", "revoked", "blocked"] as const
  const keys = await readKeysWithoutDevice(store)
  return {
    total: await countOf(store, allSql, []),
    online: await countOnline(store),
    unseen: await Promise.all(
      unseenChoices.map(async (days) => {
        const sinceMs = nowMs - days * dayMs
        const gone = await countOf(store, goneSql, [sinceMs])
        const unused = never.filter((pairedAtMs) => pairedAtMs < sinceMs).length
        const still = await countOnlineSince(store, sinceMs)
        return { days, value: gone + unused - still, more: never.length > neverSeenLimit }
      }),
    ),
    marks: await Promise.all(
      marks.map(async (mark) => {
        const devices = await countOf(store, markSql(markColumns[mark]), [])
        return mark === "blocked"
          ? { mark, value: devices + keys.count.value, more: keys.count.more }
          : { mark, value: devices, more: false }
      }),
    ),
  }
}

async function countOf(store: Store, sql: string, parameters: readonly number[]): Promise<number> {
  const [row] = await store.readRows(sql, parameters)
  return Number(row?.count)
}

/** Devices with a live connection; one that was removed a moment ago is none. */
async function countOnline(store: Store): Promise<Count> {
  const ids = [...(await store.presence.devices())]
  const known = await store.db.device.findMany({
    where: { deviceId: { in: ids.slice(0, countLimit) } },
    select: { deviceId: true },
  })
  return { value: known.length, more: ids.length > countLimit }
}

/** Devices that count as unseen since an instant by their row, but have been connected for all that time. */
async function countOnlineSince(store: Store, sinceMs: number): Promise<number> {
  const staying = (await store.presence.list()).filter((connection) => connection.sinceMs < sinceMs)
  const ids = [...new Set(staying.flatMap(({ deviceId }) => deviceId ?? []))]
  let count = 0
  for (let start = 0; start < ids.length; start += 500) {
    const rows = await store.db.device.findMany({
      where: { deviceId: { in: ids.slice(start, start + 500) } },
      select: { lastSeenAtMs: true, pairedAtMs: true },
    })
    count += rows.filter((row) => (row.lastSeenAtMs ?? row.pairedAtMs) < sinceMs).length
  }
  return count
}

/** The tokens that were rotated and are not in use yet, those that wait the longest first. */
export async function readRotations(store: Store, take: number, nowMs: number): Promise<Overview["rotations"]> {
  const rows = await store.readRows(rotationsSql, [])
  const count = { value: Math.min(rows.length, mostRotations), more: rows.length > mostRotations }
  return { count, rows: rows.slice(0, Math.min(take, mostRotations)).map((row) => toWaiting(row, nowMs)) }
}

function toWaiting(row: Awaited<ReturnType<Store["readRows"]>>[number], nowMs: number): WaitingRotation {
  const state = tokenState({
    revokedAtMs: numberOrNull(row.revokedAtMs),
    usedAtMs: numberOrNull(row.usedAtMs),
    deliveredAtMs: numberOrNull(row.deliveredAtMs),
  })
  const good = toPredecessors(text(row.predecessors)).filter(({ untilMs }) => untilMs === null || nowMs <= untilMs)
  const ends = good.map(({ untilMs }) => untilMs)
  return {
    deviceId: text(row.deviceId),
    name: textOrNull(row.label) ?? textOrNull(row.displayName),
    role: toRole(row.role),
    rotatedAtMs: number(row.issuedAtMs),
    isDelivered: state === "delivered",
    oldUntilMs: ends.length === 0 ? null : ends.some((end) => end === null) ? "pickup" : Math.max(...ends.map(Number)),
  }
}
