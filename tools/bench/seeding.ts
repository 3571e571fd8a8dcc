import { join } from "node:path"
import Sqlite from "better-sqlite3"
import pg from "pg"

type Value = string | number

/** One row for a table of the store, by the names of its columns; rows of one table all name the same ones. */
export type Seed = { readonly table: string; readonly row: Readonly<Record<string, Value>> }

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ")

/** Writes rows into the SQLite file of a stopped server. */
export function seedSqlite(dataDir: string, seeds: Iterable<Seed>): void {
  const file = new Sqlite(join(dataDir, "gatehouse.db"))
  file.pragma("synchronous = OFF")
  file.pragma("cache_size = -400000")
  const inserts = new Map<string, Sqlite.Statement<[Readonly<Record<string, Value>>]>>()
  file.transaction(() => {
    for (const { table, row } of seeds) {
      let insert = inserts.get(table)
      if (insert === undefined) {
        const names = Object.keys(row)
        const places = names.map((name) => `@${name}`).join(", ")
        insert = file.prepare(`INSERT INTO "${table}" (${quoted(names)}) VALUES (${places})`)
        inserts.set(table, insert)
      }
      insert.run(row)
    }
  })()
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
}

const batch = 100_000

/** Writes rows into a migrated PostgreSQL database. */
export async function seedPostgres(url: string, seeds: Iterable<Seed>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // In the order in which the tables first came, so that whatever rows refer to is there.
  const waiting = new Map<string, Seed["row"][]>()
  const write = async () => {
    for (const [table, rows] of waiting) {
      if (rows.length === 0) continue
      const names = quoted(Object.keys(rows[0] ?? {}))
      const source = `json_populate_recordset(NULL::"${table}", $1)`
      await client.query(`INSERT INTO "${table}" (${names}) SELECT ${names} FROM ${source}`, [JSON.stringify(rows)])
      // The table keeps its place in the order.
      rows.length = 0
    }
  }
  try {
    let count = 0
    for (const { table, row } of seeds) {
      const rows = waiting.get(table) ?? []
      rows.push(row)
      waiting.set(table, rows)
      count += 1
      if (count % batch === 0) await write()
    }
    await write()
    await client.query("VACUUM ANALYZE")
  } finally {
    await client.end()
  }
}
