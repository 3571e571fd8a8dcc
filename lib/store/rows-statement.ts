import type { RawRow, RawValue } from "./client"
import type { Tx } from "./transaction"

export type ColumnType = "TEXT" | "DOUBLE PRECISION" | "INTEGER"

/** Some rows that go into one statement together, as one JSON parameter: its text stays the same for any number. */
export type RowList = {
  readonly types: readonly ColumnType[]
  readonly rows: readonly (readonly RawValue[])[]
}

/** Runs one statement over a list of rows; `toSql` gets a SELECT that yields them. Nothing runs for no rows. */
export async function runWithRows(tx: Tx, list: RowList, toSql: (select: string) => string): Promise<void> {
  if (list.rows.length > 0) await tx.direct.run(statementOf(tx, list, toSql), [JSON.stringify(list.rows)])
}

/** The rows that one statement over a list of rows returns. */
export async function queryWithRows(
  tx: Tx,
  list: RowList,
  toSql: (select: string) => string,
): Promise<readonly RawRow[]> {
  if (list.rows.length === 0) return []
  return tx.direct.rows(statementOf(tx, list, toSql), [JSON.stringify(list.rows)])
}

function statementOf({ dialect }: Tx, { types }: RowList, toSql: (select: string) => string): string {
  const cells = types.map((type, column) => `CAST(e.value->>${column} AS ${type})`)
  const source = dialect === "sqlite" ? "json_each($1) AS e" : "jsonb_array_elements(CAST($1 AS jsonb)) AS e(value)"
  // Without a WHERE, SQLite takes the ON of ON CONFLICT for that of a join.
  return toSql(`SELECT ${cells.join(", ")} FROM ${source} WHERE TRUE`)
}
