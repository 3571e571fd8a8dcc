import { randomUUID } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { platformKindOf } from "@/lib/pairing/platform-kind"
import { type Database, migrate, readMigrations } from "@/lib/store/migrate"
import { postgresSchema } from "@/tools/db-generate.mjs"
import { differenceTo } from "@/tools/introspect"

const later = (dialect: Database["dialect"]) => {
  const [, ...rest] = readMigrations(dialect).map(({ name }) => name)
  return rest
}

const read = (dialect: Database["dialect"]) => readFileSync(`prisma/${dialect}/schema.prisma`, "utf8")

const migrationRows = (dialect: Database["dialect"]) => `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL,
  finished_at ${dialect === "sqlite" ? "DATETIME" : "TIMESTAMPTZ"}, migration_name VARCHAR(255) NOT NULL, logs TEXT,
  rolled_back_at ${dialect === "sqlite" ? "DATETIME" : "TIMESTAMPTZ"},
  started_at ${dialect === "sqlite" ? "DATETIME NOT NULL DEFAULT current_timestamp" : "TIMESTAMPTZ NOT NULL DEFAULT now()"},
  applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/** What devices said of themselves: platform and device family. */
const saidPlatforms: readonly (readonly [string | null, string | null])[] = [
  ["iOS 19.1", "iPhone"],
  ["ipados 19", null],
  ["watchOS 13", "Watch"],
  ["android 17", "Android"],
  ["Darwin", "Mac"],
  ["MacIntel", null],
  ["win32", "Windows"],
  [" Linux x86_64", null],
  ["web", "iPad"],
  [null, "Android"],
  ["linux", "Android"],
  ["freebsd", "Server"],
  [null, null],
]
const said = ([platform, family]: (typeof saidPlatforms)[number], index: number) => `
    INSERT INTO "Device" ("deviceId", "publicKey", "platform", "deviceFamily", "sortName", "roles", "approvedVia",
      "pairedAtMs", "approvedAtMs", "revision")
      VALUES ('said-${index}', 'key', ${quoted(platform)}, ${quoted(family)}, '', 'operator', 'local', 1, 1, 1)`
const quoted = (text: string | null) => (text === null ? "NULL" : `'${text}'`)

const kinds = `SELECT "deviceId", "platformKind" FROM "Device" WHERE "deviceId" LIKE 'said-%' ORDER BY "deviceId"`
const kindRows = saidPlatforms
  .map(([platform, deviceFamily], index) => ({
    deviceId: `said-${index}`,
    platformKind: platformKindOf({ platform, deviceFamily }),
  }))
  .toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))

/**
 * What a database of the first version holds: its migration, a node that was paired under it, a device that only asked,
 * and one that was removed.
 */
function firstVersion(dialect: Database["dialect"]): string {
  const [first] = readMigrations(dialect)
  if (first === undefined) throw new Error("There is no migration.")
  return `${first.sql}; ${migrationRows(dialect)};
    INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
      VALUES ('first', '${first.checksum}', CURRENT_TIMESTAMP, '${first.name}', 1);
    INSERT INTO "Device" ("deviceId", "publicKey", "displayName", "platform", "sortName", "commands", "roles", "approvedVia", "pairedAtMs",
      "approvedAtMs", "revision") VALUES ('dev-1', 'key-1', 'Rack', 'linux', 'rack', '["system.run"]', 'node', 'local', 1, 1, 1);
    ${saidPlatforms.map(said).join("; ")};
    INSERT INTO "DeviceTerm" ("deviceId", "term") VALUES ('dev-1', 'rack'), ('dev-1', 'role:node');
    INSERT INTO "Request" ("requestId", "deviceId", "publicKey", "role", "scopes", "reason", "status", "filedAtMs",
      "triedAtMs", "tries", "displayName", "address", "circumstances")
      VALUES ('r1', 'dev-2', 'k', 'operator', '', 'not-paired', 'expired', 1, 1, 1, 'Stranger  Phone', '', ''),
      ('r2', 'dev-3', 'k', 'operator', '', 'not-paired', 'expired', 1, 1, 1, NULL, '', '');
    INSERT INTO "AuditEntry" ("id", "atMs", "action", "actorKind", "actorName", "deviceId", "before")
      VALUES ('e1', 1, 'device.removed', 'admin', 'Ada', 'dev-4', '{"name":"Old Watch"}'),
      ('e2', 1, 'device.removed', 'admin', 'Ada', 'dev-5', '{"name":null}'),
      ('e3', 1, 'policy.changed', 'admin', 'Ada', NULL, '{"name":"nobody"}');
    INSERT INTO "AuditEntry" ("id", "atMs", "action", "actorKind", "actorId", "actorName")
      VALUES ('e4', 86399999, 'request.approved', 'admin', 'a1', 'Ada'),
      ('e5', 86400000, 'request.approved', 'admin', 'a1', 'Ada'), ('e6', 86400001, 'request.approved', 'admin', 'a1', 'Ada'),
      ('e7', 86400002, 'request.approved', 'wire', 'dev-9', 'A tool'), ('e8', 1, 'device.approved-silently', 'rule', NULL, 'local'),
      ('e9', 1, 'request.expired', 'system', NULL, 'time limit'), ('e10', 1, 'request.filed', 'device', 'dev-9', 'A tool')`
}

const kept = `SELECT "deviceId", "commands", "approvedCommands", "nodePlatform", "machineKey", "pairings"
  FROM "Device" JOIN "Machine" USING ("machineKey")`
const keptRow = {
  ...{ deviceId: "dev-1", commands: '["system.run"]', approvedCommands: null, nodePlatform: null },
  ...{ machineKey: "Rack\nlinux\n", pairings: 1 },
}
const names = `SELECT "deviceId", "term" FROM "KnownName" ORDER BY "deviceId", "term"`
const nameRows = ["dev-1 rack", "dev-2 phone", "dev-2 stranger", "dev-4 old", "dev-4 watch"].map((row) => {
  const [deviceId, term] = row.split(" ")
  return { deviceId, term }
})

const counts = `SELECT "day", "action", "actor", "count" FROM "DecisionCount" ORDER BY "day", "action", "actor"`
const countRows = [
  { day: 0, action: "device.approved-silently", actor: "local", count: 1 },
  { day: 0, action: "request.approved", actor: "a1", count: 1 },
  { day: 0, action: "request.expired", actor: "", count: 1 },
  { day: 1, action: "request.approved", actor: "", count: 1 },
  { day: 1, action: "request.approved", actor: "a1", count: 2 },
]

describe("the two schemas", () => {
  it("hold the same models", () => {
    expect(read("postgresql")).toBe(postgresSchema(read("sqlite")))
  })

  it("have migrations of the same names", () => {
    const own = (dialect: Database["dialect"]) => readMigrations(dialect).map(({ name }) => name)
    expect(own("postgresql")).toEqual(own("sqlite"))
    expect(own("sqlite")).not.toEqual([])
  })
})

describe("migrations on SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-schema-"))
  const file = join(folder, "test.db")
  afterAll(() => rmSync(folder, { recursive: true }))

  it("lead to the schema, once, and leave nothing to do", async () => {
    const all = readMigrations("sqlite").map(({ name }) => name)
    expect(await migrate({ dialect: "sqlite", file })).toEqual({ applied: all })
    expect(await migrate({ dialect: "sqlite", file })).toEqual({ applied: [] })
    expect(await differenceTo({ dialect: "sqlite", file }, "database", read("sqlite"))).toBe("")
  })

  it("bring a database of the first version up to date, and approve no command of its nodes", async () => {
    const own = join(folder, `${randomUUID()}.db`)
    const db = new Sqlite(own)
    db.exec(firstVersion("sqlite"))
    expect(await migrate({ dialect: "sqlite", file: own })).toEqual({ applied: later("sqlite") })
    expect(await differenceTo({ dialect: "sqlite", file: own }, "database", read("sqlite"))).toBe("")
    expect(db.prepare(kept).all()).toEqual([keptRow])
    expect(db.prepare(kinds).all()).toEqual(kindRows)
    expect(db.prepare(names).all()).toEqual(nameRows)
    expect(db.prepare(counts).all()).toEqual(countRows)
    db.close()
  })

  it.each([
    ["of a newer version", `UPDATE _prisma_migrations SET migration_name = '999_future'`, /newer version/],
    ["that was edited since", `UPDATE _prisma_migrations SET checksum = 'other'`, /was changed after/],
    ["that stopped half-way", `UPDATE _prisma_migrations SET finished_at = NULL`, /half-way/],
  ])("refuse a database with a migration %s", async (_case, sql, message) => {
    const own = join(folder, `${randomUUID()}.db`)
    await migrate({ dialect: "sqlite", file: own })
    const db = new Sqlite(own)
    db.exec(sql)
    db.close()
    await expect(migrate({ dialect: "sqlite", file: own })).rejects.toThrow(message)
  })
})

describe("migrations on PostgreSQL", () => {
  let url = ""
  beforeAll(async () => {
    url = await emptyDatabase()
  })

  it("are applied once, however many processes start together, and lead to the schema", async () => {
    const all = readMigrations("postgresql").map(({ name }) => name)
    const runs = await Promise.all([1, 2, 3].map(() => migrate({ dialect: "postgresql", url })))
    expect(runs.map(({ applied }) => applied.length).sort()).toEqual([0, 0, all.length])
    expect(await differenceTo({ dialect: "postgresql", url }, "database", read("postgresql"))).toBe("")
    const wider = read("postgresql").replace("model Setting {", "model Setting {\n  extra String?")
    expect(await differenceTo({ dialect: "postgresql", url }, "database", wider)).toContain("ADD COLUMN")
  })

  it("bring a database of the first version up to date, and approve no command of its nodes", async () => {
    const own = await emptyDatabase()
    const client = new pg.Client({ connectionString: own })
    await client.connect()
    await client.query(firstVersion("postgresql"))
    expect(await migrate({ dialect: "postgresql", url: own })).toEqual({ applied: later("postgresql") })
    expect(await differenceTo({ dialect: "postgresql", url: own }, "database", read("postgresql"))).toBe("")
    expect((await client.query(kept)).rows).toEqual([keptRow])
    expect((await client.query(kinds)).rows).toEqual(kindRows)
    expect((await client.query(names)).rows).toEqual(nameRows)
    expect((await client.query(counts)).rows).toEqual(countRows)
    await client.end()
  })

  it("say in one sentence that a database cannot be reached", async () => {
    const nowhere = url.replace(/:\d+\//, ":1/")
    await expect(migrate({ dialect: "postgresql", url: nowhere })).rejects.toThrow(/cannot be reached.*ECONNREFUSED/)
  })
})

async function emptyDatabase(): Promise<string> {
  const server = inject("postgresServer")
  const name = `schema_${randomUUID().replaceAll("-", "")}`
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return `${server}/${name}`
}
