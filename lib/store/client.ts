import { createHash } from "node:crypto"
import { join } from "node:path"
import { PrismaPg } from "@prisma/adapter-pg"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { PrismaClient as PostgresClient } from "./generated/postgresql/client"
import { PrismaClient } from "./generated/sqlite/client"
import { sqliteAdapter } from "./sqlite-adapter"

export type Dialect = "sqlite" | "postgresql"

/** Where the rows are kept. */
export type DatabaseLocation =
  | { readonly dialect: "sqlite"; readonly file: string }
  | { readonly dialect: "postgresql"; readonly url: string }

export type RawValue = string | number | null
export type RawRow = Readonly<Record<string, RawValue>>

export type Database = {
  readonly db: PrismaClient
  readonly dialect: Dialect
  /**
   * Committed rows of one SQL statement with parameters `$1`, `$2` … in their order, each used once; past Prisma,
   * for the look-up of every handshake. Statements are prepared once and kept, so their texts must be few.
   */
  readRows(sql: string, parameters: readonly RawValue[]): Promise<readonly RawRow[]>
  disconnect(): Promise<void>
}

/** The database of a data directory. */
export function sqliteFile(dataDir: string): string {
  return join(dataDir, "gatehouse.db")
}

/** Where the rows are kept by `DATABASE_URL`, or in the data directory when it is not set. */
export function databaseLocation(databaseUrl: string | null, dataDir: string): DatabaseLocation {
  if (databaseUrl === null) return { dialect: "sqlite", file: sqliteFile(dataDir) }
  if (databaseUrl.startsWith("file:")) return { dialect: "sqlite", file: databaseUrl.slice("file:".length) }
  return { dialect: "postgresql", url: databaseUrl }
}

// Long enough for a queue of commands on one device; Prisma's own 2 s and 5 s are not.
const transactionOptions = { maxWait: 20_000, timeout: 20_000 }

/** Opens the database, migrated or not. Whoever opens it disconnects it. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  return location.dialect === "sqlite" ? openSqlite(location.file) : openPostgres(location.url)
}

async function openSqlite(file: string): Promise<Database> {
  const db = new PrismaClient({ adapter: sqliteAdapter(file), transactionOptions })
  await db.$connect()
  const reader = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  // Devices of a large fleet reconnect in any order: with SQLite's own 2 MB most look-ups would go to the system.
  reader.pragma("cache_size = -32000")
  const statements = new Map<string, Sqlite.Statement<RawValue[], RawRow>>()
  return {
    db,
    dialect: "sqlite",
    async readRows(sql, parameters) {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = reader.prepare<RawValue[], RawRow>(placeholders("sqlite", sql))
        statements.set(sql, statement)
      }
      return statement.all(...parameters)
    },
    async disconnect() {
      reader.close()
      await db.$disconnect()
    },
  }
}

async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const lost = (error: Error) => console.error("A connection to the database was lost:", error.message)
  pool.on("error", lost)
  const client = new PostgresClient({ adapter: new PrismaPg(pool), transactionOptions })
  await client.$connect()
  // Of its own, so that a handshake's look-up waits for no transaction.
  const lookUps = new pg.Pool({ connectionString: url, max: 4 })
  lookUps.on("error", lost)
  const names = new Map<string, string>()
  const nameOf = (sql: string) => {
    const name = names.get(sql) ?? statementName(sql)
    names.set(sql, name)
    return name
  }
  let keepsStatements = true
  return {
    // Both clients are generated from one schema and differ in nothing that this code uses.
    db: client as unknown as PrismaClient,
    dialect: "postgresql",
    async readRows(sql, parameters) {
      const query = { text: sql, values: [...parameters] }
      if (!keepsStatements) return (await lookUps.query<RawRow>(query)).rows
      try {
        return (await lookUps.query<RawRow>({ ...query, name: nameOf(sql) })).rows
      } catch (error) {
        if (!isStatementLost(error)) throw error
        keepsStatements = false
        return (await lookUps.query<RawRow>(query)).rows
      }
    },
    async disconnect() {
      await client.$disconnect()
      await Promise.all([pool.end(), lookUps.end()])
    },
  }
}

/** By its text: behind a pool, connections are shared with processes that gave names in another order. */
function statementName(sql: string): string {
  return `gatehouse_${createHash("sha256").update(sql).digest("hex").slice(0, 16)}`
}

/** What PostgreSQL says behind a pool that lends connections and does not know what was prepared on which. */
function isStatementLost(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "26000" || error.code === "42P05")
}

/** A statement with `$1`, `$2` … in their order and each used once, as the dialect wants it. */
export function placeholders(dialect: Dialect, sql: string): string {
  return dialect === "sqlite" ? sql.replaceAll(/\$\d+/g, "?") : sql
}
