import { AsyncLocalStorage } from "node:async_hooks"
import { join } from "node:path"
import { PrismaPg } from "@prisma/adapter-pg"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { type Dialect, type Direct, isStatementLost, postgresDirect, sqliteDirect } from "./direct"
import { PrismaClient as PostgresClient } from "./generated/postgresql/client"
import { type Prisma, PrismaClient } from "./generated/sqlite/client"
import { sqliteAdapter } from "./sqlite-adapter"

export type { Dialect, RawRow, RawValue } from "./direct"
export { placeholders } from "./direct"

/** Where the rows are kept. */
export type DatabaseLocation =
  | { readonly dialect: "sqlite"; readonly file: string }
  | { readonly dialect: "postgresql"; readonly url: string }

export type Database = {
  readonly db: PrismaClient
  readonly dialect: Dialect
  /** Committed rows of one direct statement, outside of any transaction. */
  readonly readRows: Direct["rows"]
  /** Runs work in one transaction, whose rows it reaches through Prisma and past it. The work may have to begin anew. */
  transact<T>(work: (db: Prisma.TransactionClient, direct: Direct) => Promise<T>): Promise<T>
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
  const writer = sqliteAdapter(file)
  const db = new PrismaClient({ adapter: writer.factory, transactionOptions })
  await db.$connect()
  const direct = sqliteDirect(writer.connection())
  const reader = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  // Devices of a large fleet reconnect in any order: with SQLite's own 2 MB most look-ups would go to the system.
  reader.pragma("cache_size = -32000")
  return {
    db,
    dialect: "sqlite",
    readRows: sqliteDirect(reader).rows,
    // One transaction at a time has the writing connection, so whatever runs over it meanwhile is part of it.
    transact: (work) => db.$transaction((tx) => work(tx, direct)),
    async disconnect() {
      reader.close()
      await db.$disconnect()
    },
  }
}

/** Remembers which connection Prisma took for the transaction that is being opened. */
class TransactionPool extends pg.Pool {
  readonly opening = new AsyncLocalStorage<{ connection: pg.PoolClient | null }>()

  override async connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]) {
    if (callback !== undefined) return super.connect(callback)
    return this.lend()
  }

  private async lend(): Promise<pg.PoolClient> {
    const connection = await super.connect()
    const opening = this.opening.getStore()
    if (opening !== undefined) opening.connection = connection
    return connection
  }
}

async function openPostgres(url: string): Promise<Database> {
  const pool = new TransactionPool({ connectionString: url, max: 10 })
  const lost = (error: Error) => console.error("A connection to the database was lost:", error.message)
  pool.on("error", lost)
  const client = new PostgresClient({ adapter: new PrismaPg(pool), transactionOptions })
  await client.$connect()
  // Of its own, so that a handshake's look-up waits for no transaction.
  const lookUps = new pg.Pool({ connectionString: url, max: 4 })
  lookUps.on("error", lost)
  // Both clients are generated from one schema and differ in nothing that this code uses.
  const db = client as unknown as PrismaClient
  return {
    db,
    dialect: "postgresql",
    readRows: postgresDirect(lookUps).rows,
    async transact(work) {
      const once = () => {
        const opening: { connection: pg.PoolClient | null } = { connection: null }
        return pool.opening.run(opening, () =>
          db.$transaction((tx) => {
            if (opening.connection === null) throw new Error("Prisma opened a transaction over an unknown connection.")
            return work(tx, postgresDirect(opening.connection, { isInTransaction: true }))
          }),
        )
      }
      try {
        return await once()
      } catch (error) {
        // Behind a pool that does not keep what was prepared; from now on nothing is.
        if (!isStatementLost(error)) throw error
        return once()
      }
    },
    async disconnect() {
      await client.$disconnect()
      await Promise.all([pool.end(), lookUps.end()])
    },
  }
}
