import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { testActor } from "./admin-testing"
import { rotateSharedSecret, showSharedSecret } from "./shared-secret-commands"
import { dialects, openStoreAt, openTestStore, testLocation } from "./testing"

const act = { actor: testActor, nowMs: 1 }

/** Has every transaction that writes an audit entry fail at its very end. */
const failingCommit = {
  sqlite: [
    "CREATE TABLE Parent (id INTEGER PRIMARY KEY)",
    "CREATE TABLE Child (parentId INTEGER REFERENCES Parent (id) DEFERRABLE INITIALLY DEFERRED)",
    'CREATE TRIGGER fail AFTER INSERT ON "AuditEntry" BEGIN INSERT INTO Child VALUES (1); END',
  ],
  postgresql: [
    "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $$no$$; END'",
    `CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON "AuditEntry" DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION fail()`,
  ],
} as const

describe.each(dialects)("the shared token on %s", (dialect) => {
  it("is shown with an entry that does not hold it", async () => {
    const store = await openTestStore(dialect, { gatewayToken: null })
    const shown = await showSharedSecret(store, act)
    expect(shown).toEqual({ ok: true, secret: store.sharedSecret.current() })
    const entries = await store.db.auditEntry.findMany()
    expect(entries.map(({ action }) => action)).toEqual(["shared-secret.shown"])
    expect(JSON.stringify(entries)).not.toContain(shown.secret)
  })

  it("is another one after it was rotated", async () => {
    const store = await openTestStore(dialect, { gatewayToken: null })
    const before = store.sharedSecret.current()
    const result = await rotateSharedSecret(store, act)
    expect(result).toEqual({ ok: true, secret: store.sharedSecret.current() })
    expect(store.sharedSecret.current()).not.toBe(before)
    expect(JSON.stringify(await store.db.auditEntry.findMany())).not.toContain(store.sharedSecret.current())
  })

  it("stays the old one, in the file too, when its entry cannot be committed", async () => {
    const location = await testLocation(dialect)
    const store = await openStoreAt(location, { gatewayToken: null })
    const before = store.sharedSecret.current()
    for (const statement of failingCommit[dialect]) await store.db.$executeRawUnsafe(statement)
    await expect(rotateSharedSecret(store, act)).rejects.toThrow()
    expect(await store.db.auditEntry.count()).toBe(0)
    expect(store.sharedSecret.current()).toBe(before)
    const files = readdirSync(location.dataDir).filter((name) => name.startsWith("gateway-token"))
    expect(files.map((name) => readFileSync(join(location.dataDir, name), "utf8").trim())).toEqual([before])
  })

  it("is not rotated where the environment gives it", async () => {
    const store = await openTestStore(dialect, { gatewayToken: "from-the-environment" })
    expect(await rotateSharedSecret(store, act)).toEqual({ ok: false, because: "set-by-environment" })
    expect(store.sharedSecret.current()).toBe("from-the-environment")
    expect(await store.db.auditEntry.count()).toBe(0)
  })
})
