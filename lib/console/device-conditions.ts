import { type Dialect, placeholders, type RawRow, type RawValue } from "@/lib/store/client"
import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import type { DeviceFilter, DeviceMark } from "./device-filter"
import { type Circumstances, markColumns } from "./device-restrictions"
import { searchWords } from "./parse-device-filter"

/** A piece of SQL with one `?` per value. */
export type Sql = { readonly text: string; readonly values: readonly RawValue[] }

/** Where a statement is run. */
export type Asked = { readonly db: PrismaClient; readonly dialect: Dialect }

const dayMs = 86_400_000

/** The conditions of a filter on a row `d` of devices, each of which looks at nothing but what belongs to that row. */
export function conditionsOf(
  { dialect }: Pick<Asked, "dialect">,
  filter: DeviceFilter,
  { nowMs, online }: Circumstances,
): readonly Sql[] {
  const list: Sql[] = searchWords(filter.q).map((word) => hasTerm(`>= ? AND t."term" < ?`, [word, `${word}\u{10ffff}`]))
  if (filter.role !== null) list.push(hasTerm("= ?", [`role:${filter.role}`]))
  if (filter.scope !== null) list.push(hasScope(filter.scopeIn, filter.scope))
  if (filter.tag !== null) list.push(hasTag(filter.tag))
  if (filter.via !== null) list.push({ text: `d."approvedVia" = ?`, values: [filter.via] })
  if (filter.platform !== null) list.push({ text: `d."platformKind" = ?`, values: [filter.platform] })
  list.push(...filter.marks.map((mark) => hasMark(dialect, mark, online)))
  if (filter.unseenDays !== null) list.push(isUnseen(dialect, nowMs - filter.unseenDays * dayMs, online))
  return list
}

/** Whether a device bears a mark. */
export function hasMark(dialect: Dialect, mark: DeviceMark, online: ReadonlySet<string>): Sql {
  if (mark === "online") return isAmong(dialect, online)
  if (mark === "duplicate") return isDuplicate
  if (mark !== "never-used") return { text: `d."${markColumns[mark]}" = TRUE`, values: [] }
  // One that has only just come is not written as seen for a moment.
  const among = isAmong(dialect, online)
  return { text: `d."lastSeenAtMs" IS NULL AND NOT ${among.text}`, values: among.values }
}

const isDuplicate: Sql = {
  text: `EXISTS (SELECT 1 FROM "Machine" m WHERE m."machineKey" = d."machineKey" AND m."pairings" > 1)`,
  values: [],
}

/** Not seen since an instant; one that stays connected is in sight. */
function isUnseen(dialect: Dialect, sinceMs: number, online: ReadonlySet<string>): Sql {
  const among = isAmong(dialect, online)
  return {
    text: `COALESCE(d."lastSeenAtMs", d."pairedAtMs") < ? AND NOT ${among.text}`,
    values: [sinceMs, ...among.values],
  }
}

function isAmong(dialect: Dialect, deviceIds: Iterable<string>): Sql {
  const list =
    dialect === "sqlite" ? "SELECT value FROM json_each(?)" : "SELECT jsonb_array_elements_text(CAST(? AS jsonb))"
  return { text: `(d."deviceId" IN (${list}))`, values: [JSON.stringify([...deviceIds])] }
}

function hasTerm(how: string, values: readonly string[]): Sql {
  return { text: `EXISTS (SELECT 1 FROM "DeviceTerm" t WHERE t."deviceId" = d."deviceId" AND t."term" ${how})`, values }
}

function hasScope(kind: string, scope: string): Sql {
  const text = `EXISTS (SELECT 1 FROM "DeviceScope" s WHERE s."deviceId" = d."deviceId" AND s."kind" = ? AND s."scope" = ?)`
  return { text, values: [kind, scope] }
}

function hasTag(tag: string): Sql {
  const text = `EXISTS (SELECT 1 FROM "DeviceTag" g WHERE g."deviceId" = d."deviceId" AND g."tag" = ?)`
  return { text, values: [tag] }
}

/** The rows of a statement. Prisma prepares it for each call, so that texts may be many. */
export async function rowsOf({ db, dialect }: Asked, { text, values }: Sql): Promise<readonly RawRow[]> {
  const numbered = text.split("?").reduce((before, after, index) => `${before}$${index}${after}`)
  return db.$queryRawUnsafe<RawRow[]>(placeholders(dialect, numbered), ...values)
}
