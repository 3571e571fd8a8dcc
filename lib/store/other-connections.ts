import type { Database } from "./client"
import type { LiveConnection, OtherConnections } from "./presence"
import { number, text, textOrNull, toList, toRole } from "./rows"

/** A process whose last beat is older does not count, and nothing that it holds. */
export const aliveForMs = 5_000
/** The list of all is read once for whoever asks within this time. */
const freshForMs = 1_000

/** What the database's clock says, in milliseconds. */
export const databaseNow = "EXTRACT(EPOCH FROM clock_timestamp())::float8 * 1000"

/** The connections of live processes; which of them are this one's own is known better in memory. */
const fromOthers = `FROM "Connection" AS c JOIN "Process" AS p ON p."id" = c."processId"
  WHERE p."id" <> $1 AND p."beatAtMs" > ${databaseNow} - ${aliveForMs}`

const columns = `c."connId", c."deviceId", c."role", c."scopes", c."address", c."client", c."sinceMs"`

const listSql = `SELECT ${columns} ${fromOthers}`
/** The connections of one device, whose plan is held by a test. */
export const ofSql = `SELECT ${columns} ${fromOthers} AND c."deviceId" = $2 ORDER BY c."sinceMs", c."connId"`
/** Which of some devices are connected, whose plan is held by a test. */
export const amongSql = `SELECT DISTINCT c."deviceId" ${fromOthers}
  AND c."deviceId" = ANY(ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))`
const countsSql = `SELECT count(*)::int AS "connections", count(DISTINCT e."device")::int AS "devices" FROM (
  SELECT CASE WHEN EXISTS (SELECT 1 FROM "Connection" AS o WHERE o."deviceId" = c."deviceId" AND o."processId" = $2)
    THEN NULL ELSE COALESCE(c."deviceId", c."connId") END AS "device" ${fromOthers}) AS e`

/** Reads what the other processes of an installation have written of their connections. */
export function readOtherConnections(
  { readRows }: Pick<Database, "readRows">,
  process: string,
): OtherConnections & { forget(): void } {
  let all: { readonly atMs: number; readonly list: Promise<readonly LiveConnection[]> } | null = null
  return {
    list() {
      const atMs = performance.now()
      if (all === null || atMs - all.atMs > freshForMs) {
        const list = readRows(listSql, [process]).then((rows) => rows.map(toConnection))
        all = { atMs, list }
        list.catch(() => {
          all = null
        })
      }
      return all.list
    },
    of: async (deviceId) => (await readRows(ofSql, [process, deviceId])).map(toConnection),
    async among(deviceIds) {
      const rows = await readRows(amongSql, [process, JSON.stringify(deviceIds)])
      return rows.map((row) => text(row.deviceId))
    },
    async counts() {
      const [row] = await readRows(countsSql, [process, process])
      return { connections: Number(row?.connections ?? 0), devices: Number(row?.devices ?? 0) }
    },
    forget() {
      all = null
    },
  }
}

function toConnection(row: Awaited<ReturnType<Database["readRows"]>>[number]): LiveConnection {
  return {
    connId: text(row.connId),
    deviceId: textOrNull(row.deviceId),
    role: toRole(text(row.role)),
    scopes: toList(text(row.scopes)),
    address: text(row.address),
    client: textOrNull(row.client),
    sinceMs: number(row.sinceMs),
  }
}
