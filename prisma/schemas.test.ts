import { randomUUID } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { type Database, migrate, readMigrations } from "@/lib/store/migrate"
import { postgresSchema } from "@/tools/db-generate.mjs"
import { differenceTo } from "@/tools/introspect"

const read = (dialect: Database["dialect"]) => readFileSync(`prisma/${dialect}/schema.prisma`, "utf8")

describe("the two schemas", () => {
  it("hold the same models", () => {
    expect(read("postgresql")).toBe(postgresSchema(read("sqlite")))
  })

  it("have migrations of the same names", () => {
    const names = (dialect: Database["dialect"]) => readMigrations(dialect).map(({ name }) => name)
    expect(names("postgresql")).toEqual(names("sqlite"))
    expect(names("sqlite")).not.toEqual([])
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
    const server = inject("postgresServer")
    const name = `schema_${randomUUID().replaceAll("-", "")}`
    const client = new pg.Client({ connectionString: `${server}/postgres` })
    await client.connect()
    await client.query(`CREATE DATABASE ${name}`)
    await client.end()
    url = `${server}/${name}`
  })

  it("are applied once, however many processes start together, and lead to the schema", async () => {
    const all = readMigrations("postgresql").map(({ name }) => name)
    const runs = await Promise.all([1, 2, 3].map(() => migrate({ dialect: "postgresql", url })))
    expect(runs.map(({ applied }) => applied.length).sort()).toEqual([0, 0, all.length])
    expect(await differenceTo({ dialect: "postgresql", url }, "database", read("postgresql"))).toBe("")
    const wider = read("postgresql").replace("model Setting {", "model Setting {\n  extra String?")
    expect(await differenceTo({ dialect: "postgresql", url }, "database", wider)).toContain("ADD COLUMN")
  })

  it("say in one sentence that a database cannot be reached", async () => {
    const nowhere = url.replace(/:\d+\//, ":1/")
    await expect(migrate({ dialect: "postgresql", url: nowhere })).rejects.toThrow(/cannot be reached.*ECONNREFUSED/)
  })
})
