import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, inject } from "vitest"
import type { Dialect } from "./client"
import { createKeys } from "./keys"
import { openStore, type Store, type StoreOptions } from "./store"

/** Both databases, for `describe.each`. */
export const dialects: readonly Dialect[] = ["sqlite", "postgresql"]

export const testKeys = createKeys(["a-server-key-for-tests-only-of-32-characters-or-more"])

/** A database of its own for one test or suite, and a data directory. */
export type TestLocation = { readonly databaseUrl: string | null; readonly dataDir: string }

const cleanUps: (() => Promise<void> | void)[] = []

afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Opens a store on a fresh database. It is closed and deleted when the test file is done. */
export async function openTestStore(dialect: Dialect, options: Partial<StoreOptions> = {}): Promise<Store> {
  return openStoreAt(await testLocation(dialect), options)
}

/** A fresh place for a store: an empty directory, and on PostgreSQL a database that is migrated already. */
export async function testLocation(dialect: Dialect): Promise<TestLocation> {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-test-"))
  cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return { dataDir, databaseUrl: dialect === "sqlite" ? null : await copyTemplate() }
}

/** Opens a store at a location; a second one at the same location is what another process would be. */
export async function openStoreAt(location: TestLocation, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({
    ...location,
    keys: testKeys,
    gatewayToken: "the-shared-secret-of-the-tests",
    authSecret: "what-encrypts-the-cookies-of-the-tests",
    gatewayInfo: {
      host: "127.0.0.1",
      port: 18789,
      publicUrl: null,
      trustedProxies: [],
      proxyPort: null,
      controlUiPort: null,
    },
    chores: "leave",
    ...options,
  })
  cleanUps.push(() => store.close())
  return store
}

async function copyTemplate(): Promise<string> {
  const server = inject("postgresServer")
  const name = `test_${randomUUID().replaceAll("-", "")}`
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${inject("postgresTemplate")}`)
  } finally {
    await client.end()
  }
  return `${server}/${name}`
}
