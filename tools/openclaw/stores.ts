import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { z } from "zod"
import { StartError } from "@/lib/store/start-error"
import { checkMembers, jsonMembers } from "./json-members"

/** One place of a state directory that holds devices. Records come as they are kept there, named by their key. */
export type ForeignStore = {
  /** Its path inside the directory. */
  readonly name: string
  readonly format: string
  readonly paired: () => AsyncIterable<readonly [name: string, record: unknown]>
  readonly pending: () => AsyncIterable<readonly [name: string, record: unknown]>
}

/** What of a state directory holds devices, the one that its gateway itself prefers first. */
export function findStores(directory: string): readonly ForeignStore[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new StartError(`There is no directory ${directory}.`)
  const sqlite = join(directory, "state", "openclaw.sqlite")
  const [paired, pending] = [join(directory, "devices", "paired.json"), join(directory, "devices", "pending.json")]
  const stores: ForeignStore[] = []
  if (existsSync(sqlite) && hasPairing(sqlite)) stores.push(sqliteStore(sqlite))
  if (existsSync(paired) || existsSync(pending)) stores.push(jsonStore(directory, paired, pending))
  if (stores.length === 0)
    throw new StartError(
      `${directory} holds neither state/openclaw.sqlite with devices nor devices/paired.json: name the state directory of a gateway, as ~/.openclaw.`,
    )
  return stores
}

/** How many devices the gateway of a directory has in its own store. */
export function knownDevices(directory: string): number {
  const file = join(directory, "state", "openclaw.sqlite")
  if (!existsSync(file) || !hasPairing(file)) return 0
  return ask(file, "SELECT device_id FROM device_pairing_paired WHERE device_id > ? LIMIT 1", "").length
}

function jsonStore(directory: string, paired: string, pending: string): ForeignStore {
  return {
    name: "devices/paired.json",
    format: "JSON files of early 2026",
    async *paired() {
      if (!existsSync(paired)) return
      await checkMembers(paired)
      // What nodes may do stood in a file of its own, approved by itself.
      const surfaces = new Map<string, unknown>()
      const nodes = join(directory, "nodes", "paired.json")
      if (existsSync(nodes)) for await (const [id, surface] of jsonMembers(nodes)) surfaces.set(id, surface)
      for await (const [id, record] of jsonMembers(paired)) {
        const surface = surfaces.get(id)
        yield [id, surface === undefined ? record : { nodeSurface: surface, ...Object(record) }]
      }
    },
    async *pending() {
      if (existsSync(pending)) yield* jsonMembers(pending)
    },
  }
}

const pageRows = 500
const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

function sqliteStore(file: string): ForeignStore {
  return {
    name: "state/openclaw.sqlite",
    format: "SQLite store of 2026.9",
    paired: () => rows(file, "device_pairing_paired", "device_id"),
    pending: () => rows(file, "device_pairing_pending", "request_id"),
  }
}

/** Page by page, so that nothing is held open for as long as an import takes. */
async function* rows(file: string, table: string, key: string): AsyncGenerator<readonly [string, unknown]> {
  let after = ""
  for (;;) {
    const page = ask(file, `SELECT * FROM "${table}" WHERE "${key}" > ? ORDER BY "${key}" LIMIT ${pageRows}`, after)
    for (const row of page) {
      const record = z.parse(rowSchema, row)
      after = String(record[key])
      yield [after, toRecord(record)]
    }
    if (page.length < pageRows) return
  }
}

function hasPairing(file: string): boolean {
  return (
    ask(file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?", "device_pairing_paired").length > 0
  )
}

function ask(file: string, sql: string, parameter: string): readonly unknown[] {
  let database: Sqlite.Database | null = null
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    return database.prepare(sql).all(parameter)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`${file} cannot be read: ${why}. Copy the whole state directory, with the files beside it.`)
  } finally {
    database?.close()
  }
}

/** A row as the JSON files have it: camel case, lists and objects unfolded, null where there is nothing. */
function toRecord(row: z.infer<typeof rowSchema>): unknown {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([column, value]) => {
        const isJson = column.endsWith("_json")
        const name = (isJson ? column.slice(0, -5) : column).replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
        return [name, isJson ? unfold(String(value)) : value]
      }),
  )
}

/** What cannot be unfolded stays a text, which no record may have in that place. */
function unfold(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
