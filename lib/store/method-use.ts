import { queryWithRows, type RowList, runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

/** One call of a method through the door. */
export type Call = {
  readonly deviceId: string
  readonly method: string
  readonly refused: boolean
  /** The scope that it was refused for; null where it was not, or for another reason. */
  readonly missingScope: string | null
  /** UTC, days since the epoch. */
  readonly day: number
}

/** The calls of one method by one device on one day. */
export type MethodUse = {
  readonly deviceId: string
  readonly day: number
  readonly method: string
  count: number
  refused: number
  missingScope: string | null
}

/** Stands for every further method of a device that names too many on one day. */
const otherMethods = "other"

/** Bounds: different names between two flushes, rows per device and day, characters of a name. */
const maxUses = 20_000
const maxMethodsPerDay = 200
const maxLength = 100

/** Counts a call. Names that nobody could have meant cost no more than honest ones. */
export function countCall(uses: Map<string, MethodUse>, call: Call): void {
  const { deviceId, refused, missingScope, day } = call
  const method = call.method.slice(0, maxLength)
  const key = `${deviceId}|${day}|${method}`
  const known = uses.get(key)
  if (known === undefined && uses.size >= maxUses) return
  const use = known ?? { deviceId, day, method, count: 0, refused: 0, missingScope: null }
  use.count += 1
  if (refused) use.refused += 1
  use.missingScope = missingScope?.slice(0, maxLength) ?? use.missingScope
  uses.set(key, use)
}

/** Adds up calls per device, day and method. */
export async function saveMethodUse(tx: Tx, uses: readonly MethodUse[]): Promise<void> {
  const rows = (await withinBounds(tx, uses)).map((use) => [
    ...[use.deviceId, use.day, use.method],
    ...[use.count, use.refused, use.missingScope],
  ])
  await runWithRows(
    tx,
    { types: ["TEXT", "INTEGER", "TEXT", "INTEGER", "INTEGER", "TEXT"], rows },
    (select) => `INSERT INTO "MethodUse" ("deviceId", "day", "method", "count", "refused", "missingScope") ${select}
      ON CONFLICT ("deviceId", "day", "method") DO UPDATE SET "count" = "MethodUse"."count" + excluded."count",
        "refused" = "MethodUse"."refused" + excluded."refused",
        "missingScope" = COALESCE(excluded."missingScope", "MethodUse"."missingScope")`,
  )
}

/** The same calls with the names of a device that would have too many rows for the day folded into one. */
async function withinBounds(tx: Tx, uses: readonly MethodUse[]): Promise<readonly MethodUse[]> {
  const crowded = await crowdedDays(tx, uses)
  if (crowded.length === 0) return uses
  const known = await knownMethods(tx, crowded)
  const folded = new Map<string, MethodUse>()
  for (const use of uses) {
    const methods = known.get(dayKey(use))
    const hasRoom = methods === undefined || methods.has(use.method) || methods.size < maxMethodsPerDay
    const method = hasRoom ? use.method : otherMethods
    methods?.add(method)
    const key = `${dayKey(use)}|${method}`
    const sum = folded.get(key) ?? { ...use, method, count: 0, refused: 0, missingScope: null }
    sum.count += use.count
    sum.refused += use.refused
    sum.missingScope = use.missingScope ?? sum.missingScope
    folded.set(key, sum)
  }
  return [...folded.values()]
}

type DeviceDay = Pick<MethodUse, "deviceId" | "day">

const dayKey = ({ deviceId, day }: DeviceDay) => `${deviceId}|${day}`

/** The days of devices that may come to hold too many rows by this. */
async function crowdedDays(tx: Tx, uses: readonly MethodUse[]): Promise<readonly DeviceDay[]> {
  const days = new Map<string, DeviceDay & { size: number }>()
  for (const use of uses) {
    const day = days.get(dayKey(use)) ?? { deviceId: use.deviceId, day: use.day, size: 0 }
    day.size += 1
    days.set(dayKey(use), day)
  }
  const counts = await queryWithRows(
    tx,
    listOf([...days.values()]),
    (select) => `WITH v(c0, c1) AS (${select}) SELECT "deviceId", "day", CAST(COUNT(*) AS INTEGER) AS "size"
      FROM v JOIN "MethodUse" ON "deviceId" = v.c0 AND "day" = v.c1 GROUP BY "deviceId", "day"`,
  )
  for (const { deviceId, day, size } of counts) {
    const known = days.get(`${deviceId}|${day}`)
    if (known !== undefined) known.size += Number(size)
  }
  return [...days.values()].filter(({ size }) => size > maxMethodsPerDay)
}

async function knownMethods(tx: Tx, days: readonly DeviceDay[]): Promise<ReadonlyMap<string, Set<string>>> {
  const known = new Map(days.map((day) => [dayKey(day), new Set<string>()]))
  const rows = await queryWithRows(
    tx,
    listOf(days),
    (select) => `WITH v(c0, c1) AS (${select}) SELECT "deviceId", "day", "method"
      FROM v JOIN "MethodUse" ON "deviceId" = v.c0 AND "day" = v.c1`,
  )
  for (const { deviceId, day, method } of rows) known.get(`${deviceId}|${day}`)?.add(String(method))
  return known
}

const listOf = (days: readonly DeviceDay[]): RowList => {
  return { types: ["TEXT", "INTEGER"], rows: days.map(({ deviceId, day }) => [deviceId, day]) }
}
