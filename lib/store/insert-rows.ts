import type { RawValue } from "./direct"
import type { Prisma } from "./generated/sqlite/client"
import type { Tx } from "./transaction"

/** The tables that are written directly, with what a row of each may hold. */
type Rows = {
  readonly AuditEntry: Prisma.AuditEntryUncheckedCreateInput
  readonly ConnectAttempt: Prisma.ConnectAttemptUncheckedCreateInput
  readonly Device: Prisma.DeviceUncheckedCreateInput
  readonly DeviceScope: Prisma.DeviceScopeUncheckedCreateInput
  readonly Request: Prisma.RequestUncheckedCreateInput
  readonly ScopeChange: Prisma.ScopeChangeUncheckedCreateInput
  readonly Token: Prisma.TokenUncheckedCreateInput
}

export type DirectTable = keyof Rows

/** Columns of a row with their values; lists of related rows have no place in it. */
export type RowOf<T extends DirectTable> = {
  readonly [K in keyof Rows[T] as Rows[T][K] extends RawValue | boolean | undefined ? K : never]: Rows[T][K]
}

type Cells = Readonly<Record<string, RawValue | boolean | undefined>>

/** So many rows go into one statement, whose text depends on their number. */
const mostAtOnce = 8

/** Writes new rows past Prisma; all of them name the same columns. Rejects where one is there already. */
export async function insertRows<T extends DirectTable>(tx: Tx, table: T, rows: readonly RowOf<T>[]): Promise<void>
export async function insertRows(tx: Tx, table: DirectTable, rows: readonly Cells[]): Promise<void> {
  for (let first = 0; first < rows.length; first += mostAtOnce) {
    const part = rows.slice(first, first + mostAtOnce)
    const names = namesOf(part[0] ?? {})
    let place = 0
    const places = part.map(() => `(${names.map(() => `$${++place}`).join(", ")})`)
    const values = part.flatMap((row) => names.map((name) => toRaw(row[name])))
    await tx.direct.run(`INSERT INTO "${table}" (${quoted(names)}) VALUES ${places.join(", ")}`, values)
  }
}

/** Changes columns of the rows that a condition on the same table names; says how many there were. */
export async function updateRows<T extends DirectTable>(
  tx: Tx,
  table: T,
  where: Partial<RowOf<T>>,
  data: Partial<RowOf<T>>,
): Promise<number>
export async function updateRows(tx: Tx, table: DirectTable, where: Cells, data: Cells): Promise<number> {
  const [columns, keys] = [namesOf(data), namesOf(where)]
  const sets = columns.map((name, index) => `"${name}" = $${index + 1}`)
  const conditions = keys.map((name, index) => `"${name}" = $${columns.length + index + 1}`)
  const values = [...columns.map((name) => toRaw(data[name])), ...keys.map((name) => toRaw(where[name]))]
  return tx.direct.run(`UPDATE "${table}" SET ${sets.join(", ")} WHERE ${conditions.join(" AND ")}`, values)
}

const namesOf = (row: Cells) => Object.keys(row).filter((name) => row[name] !== undefined)

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ")

/** SQLite knows no booleans, and PostgreSQL reads 0 and 1 as such. */
function toRaw(value: RawValue | boolean | undefined): RawValue {
  if (value === undefined) throw new Error("Rows that are written together must name the same columns.")
  return typeof value === "boolean" ? Number(value) : value
}
