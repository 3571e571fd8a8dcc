import { createHash } from "node:crypto"
import type Sqlite from "better-sqlite3"
import pg from "pg"

export type Dialect = "sqlite" | "postgresql"
export type RawValue = string | number | null
export type RawRow = Readonly<Record<string, RawValue>>

/**
 * Statements that go past Prisma, over one connection: what every new device costs is a dozen of them, and through
 * Prisma each takes ten times as long. Parameters are `$1`, `$2` … in their order, each used once. Statements are
 * prepared once and kept, so their texts must be few.
 */
export type Direct = {
  /** Runs a statement and says how many rows it changed. */
  run(sql: string, parameters: readonly RawValue[]): Promise<number>
  rows(sql: string, parameters: readonly RawValue[]): Promise<readonly RawRow[]>
}

/** Direct statements over a connection to SQLite. */
export function sqliteDirect(connection: Sqlite.Database): Direct {
  const statements = new Map<string, Sqlite.Statement<RawValue[], RawRow>>()
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? connection.prepare<RawValue[], RawRow>(placeholders("sqlite", sql))
    statements.set(sql, statement)
    return statement
  }
  return {
    run: async (sql, parameters) => prepared(sql).run(...parameters).changes,
    rows: async (sql, parameters) => prepared(sql).all(...parameters),
  }
}

type Queryable = Pick<pg.ClientBase, "query">

// One answer for all connections of this process: they lead to the same place.
let keepsStatements = true

/** Direct statements over a connection to PostgreSQL, or over a pool of them. */
export function postgresDirect(connection: Queryable, { isInTransaction = false } = {}): Direct {
  const ask = async (sql: string, parameters: readonly RawValue[]) => {
    const query = { text: sql, values: [...parameters] }
    if (!keepsStatements) return connection.query<RawRow>(query)
    try {
      return await connection.query<RawRow>({ ...query, name: statementName(sql) })
    } catch (error) {
      if (!isStatementLost(error)) throw error
      keepsStatements = false
      // The transaction is lost with it, and has to begin anew.
      if (isInTransaction) throw error
      return connection.query<RawRow>(query)
    }
  }
  return {
    run: async (sql, parameters) => (await ask(sql, parameters)).rowCount ?? 0,
    rows: async (sql, parameters) => (await ask(sql, parameters)).rows,
  }
}

const names = new Map<string, string>()

/** By its text: behind a pool, connections are shared with processes that gave names in another order. */
function statementName(sql: string): string {
  const name = names.get(sql) ?? `gatehouse_${createHash("sha256").update(sql).digest("hex").slice(0, 16)}`
  names.set(sql, name)
  return name
}

/** What PostgreSQL says behind a pool that lends connections and does not know what was prepared on which. */
export function isStatementLost(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "26000" || error.code === "42P05")
}

/** A statement with `$1`, `$2` … in their order and each used once, as the dialect wants it. */
export function placeholders(dialect: Dialect, sql: string): string {
  return dialect === "sqlite" ? sql.replaceAll(/\$\d+/g, "?") : sql
}
