import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Database, migrate, migrationsFolder, readMigrations } from "@/lib/store/migrate"
import { differenceTo } from "./introspect"
import { startPostgres } from "./postgres"

// Prefix ranges (search, the order of the list) use an index only where text is compared byte by byte.
const byteOrdered: Record<string, readonly string[]> = {
  Device: ["sortName"],
  DeviceScope: ["scope"],
  DeviceTag: ["tag"],
  DeviceTerm: ["term"],
  KnownName: ["term"],
}

const [name, ...flags] = process.argv.slice(2)
if (!name || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error("Usage: npm run db:migration -- NAME [--replace-last]   (NAME in kebab-case)")
  process.exit(1)
}

if (flags.includes("--replace-last")) for (const dialect of ["sqlite", "postgresql"] as const) dropLast(dialect)

const folder = mkdtempSync(join(tmpdir(), "gatehouse-migration-"))
const file = join(folder, "migrated.db")
const server = await startPostgres()
try {
  const url = await server.createDatabase("migrated")
  await write({ dialect: "sqlite", file }, name)
  await write({ dialect: "postgresql", url }, name)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Writes the next migration of one dialect: what leads from the earlier ones to the schema. */
async function write(database: Database, migrationName: string): Promise<void> {
  const { dialect } = database
  const schemaPath = join("prisma", dialect, "schema.prisma")
  const earlier = readMigrations(dialect)
  if (earlier.length > 0) await migrate(database)
  const sql = await differenceTo(database, earlier.length > 0 ? "database" : "empty", readFileSync(schemaPath, "utf8"))
  if (sql === "") {
    console.log(`${dialect}: nothing to do, the migrations already lead to the schema.`)
    return
  }
  const number = String(earlier.length + 1).padStart(3, "0")
  const target = join(migrationsFolder(dialect), `${number}_${migrationName.replaceAll("-", "_")}`)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, "migration.sql"), `${(dialect === "postgresql" ? byBytes(sql) : sql).trim()}\n`)
  const lock = join(migrationsFolder(dialect), "migration_lock.toml")
  if (!existsSync(lock)) writeFileSync(lock, `provider = "${dialect}"\n`)
  console.log(
    `${dialect}: wrote ${target.slice(process.cwd().length + 1)}/migration.sql. Read it before you commit it.`,
  )
}

/** Adds the byte order to the columns that are searched by prefix. */
function byBytes(sql: string): string {
  return sql.replace(/(CREATE|ALTER) TABLE "(\w+)"[^;]*;/g, (statement, _verb, tableName: string) =>
    (byteOrdered[tableName] ?? []).reduce(
      (text, column) => text.replace(new RegExp(`("${column}" TEXT)(?! COLLATE)`), '$1 COLLATE "C"'),
      statement,
    ),
  )
}

function dropLast(dialect: Database["dialect"]): void {
  const last = readMigrations(dialect).at(-1)
  if (last) rmSync(join(migrationsFolder(dialect), last.name), { recursive: true })
}
