import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { PrismaPg } from "@prisma/adapter-pg"
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { withSchemaEngine } from "./schema-engine"
import { StartError } from "./start-error"

export type Database = { dialect: "sqlite"; file: string } | { dialect: "postgresql"; url: string }

type Migration = { name: string; sql: string; checksum: string }
type Applied = { name: string; checksum: string; finished: boolean }

const table = "_prisma_migrations"
// Any number will do, as long as every process uses the same one.
const startLock = 7_187_901

/**
 * Brings the database up to date with the migrations of this version and says which ones it applied. Processes that
 * start together on PostgreSQL take turns. Throws a StartError where the database cannot be reached, is newer than
 * this version, or holds a migration that once failed or was edited since.
 */
export async function migrate(database: Database): Promise<{ applied: readonly string[] }> {
  if (database.dialect === "sqlite") {
    const missing = missingMigrations("sqlite", appliedInFile(database.file))
    if (missing.length > 0) await apply("sqlite", new PrismaBetterSqlite3({ url: `file:${database.file}` }))
    return { applied: missing }
  }
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect().catch((error: unknown) => {
      throw unreachable(error)
    })
    await client.query("SELECT pg_advisory_lock($1)", [startLock])
    const missing = missingMigrations("postgresql", await appliedOnServer(client))
    if (missing.length > 0) await apply("postgresql", new PrismaPg({ connectionString: database.url }))
    return { applied: missing }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The migrations that a dialect's folder holds, oldest first. */
export function readMigrations(dialect: Database["dialect"]): Migration[] {
  const folder = migrationsFolder(dialect)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8")
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") }
    })
}

/** Where a dialect's migrations lie; the programs run at the root of the project. */
export function migrationsFolder(dialect: Database["dialect"]): string {
  return join(process.cwd(), "prisma", dialect, "migrations")
}

function missingMigrations(dialect: Database["dialect"], applied: readonly Applied[]): string[] {
  const known = readMigrations(dialect)
  const failed = applied.find((row) => !row.finished)
  if (failed)
    throw new StartError(
      `The database stopped half-way through the migration "${failed.name}": restore it from a backup, then start again.`,
    )
  for (const row of applied) {
    const own = known.find((migration) => migration.name === row.name)
    if (!own)
      throw new StartError(
        `The database was written by a newer version (migration "${row.name}" is unknown here): install that version, or restore a backup made with this one.`,
      )
    if (own.checksum !== row.checksum)
      throw new StartError(
        `The migration "${row.name}" was changed after this database had applied it: restore the file in prisma/${dialect}/migrations as it was.`,
      )
  }
  return known.filter((migration) => !applied.some((row) => row.name === migration.name)).map(({ name }) => name)
}

function appliedInFile(file: string): Applied[] {
  if (!existsSync(file)) return []
  try {
    const db = new Sqlite(file, { readonly: true })
    try {
      const present = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table)
      if (!present) return []
      return db
        .prepare<[], { name: string; checksum: string; finished: number }>(
          `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM "${table}" WHERE rolled_back_at IS NULL`,
        )
        .all()
        .map((row) => ({ ...row, finished: row.finished === 1 }))
    } finally {
      db.close()
    }
  } catch (error) {
    throw new StartError(`The database file ${file} cannot be read (${reason(error)}): check its permissions.`)
  }
}

async function appliedOnServer(client: pg.Client): Promise<Applied[]> {
  const present = await client.query<{ name: string | null }>("SELECT to_regclass($1)::text AS name", [table])
  if (!present.rows[0]?.name) return []
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM "${table}" WHERE rolled_back_at IS NULL`,
  )
  return rows
}

async function apply(dialect: Database["dialect"], adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const lockPath = join(migrationsFolder(dialect), "migration_lock.toml")
  const schema = readFileSync(join(process.cwd(), "prisma", dialect, "schema.prisma"), "utf8")
  await withSchemaEngine(adapter, schema, (engine) =>
    engine.applyMigrations({
      migrationsList: {
        baseDir: migrationsFolder(dialect),
        lockfile: { path: "migration_lock.toml", content: readFileSync(lockPath, "utf8") },
        shadowDbInitScript: "",
        migrationDirectories: readMigrations(dialect).map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    }),
  )
}

function unreachable(error: unknown): StartError {
  return new StartError(
    `The database of DATABASE_URL cannot be reached (${reason(error)}): check that it runs and that address, name and password are right.`,
  )
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(", ")
  return error instanceof Error ? error.message : String(error)
}
