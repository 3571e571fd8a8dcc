import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { anchorFile } from "./audit-anchor"
import { writeEntries } from "./audit-testing"
import { createKeys, type Keys } from "./keys"
import { sealAudit } from "./seal-audit"
import type { Store } from "./store"
import { dialects, openStoreAt, type TestLocation, testKeys, testLocation } from "./testing"
import { verifyAudit } from "./verify-audit"

describe.each(dialects)("the anchor of the audit chain, outside the database on %s", (dialect) => {
  let location: TestLocation
  let store: Store
  beforeEach(async () => {
    location = await testLocation(dialect)
    store = await openStoreAt(location)
  })

  const write = (count: number, firstAtMs?: number) => writeEntries(store, count, firstAtMs)
  const restart = async (keys: Keys = testKeys) => {
    store = await openStoreAt(location, { keys })
  }
  const file = () => anchorFile(location.dataDir, location.databaseUrl)

  it("names the last sealed entry, in a file for its owner only", async () => {
    await write(2)
    await sealAudit(store, 10)
    const { seq, hash } = await store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } })
    expect(readFileSync(file(), "utf8")).toMatch(new RegExp(`^${seq} ${hash} `))
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(await verifyAudit(store)).toMatchObject({ ok: true, anchoredAt: 2 })
  })

  it("follows what another process sealed, and alarms nobody", async () => {
    const other = await openStoreAt(location)
    for (let round = 0; round < 4; round++) {
      await write(2, round * 10)
      const [sealer, idle] = round % 2 === 0 ? [store, other] : [other, store]
      expect(await sealAudit(sealer, round)).toEqual({ ok: true, sealed: 2 })
      expect(await sealAudit(idle, round)).toEqual({ ok: true, sealed: 0 })
      expect(await verifyAudit(idle)).toMatchObject({ ok: true, anchoredAt: (round + 1) * 2 })
    }
  })

  it("is made from the signed head where it is missing, and until then promises nothing", async () => {
    await write(2)
    await sealAudit(store, 10)
    rmSync(file())
    await restart()
    expect(await verifyAudit(store)).toMatchObject({ ok: true, anchoredAt: null })
    expect(await sealAudit(store, 20)).toEqual({ ok: true, sealed: 0 })
    expect(await verifyAudit(store)).toMatchObject({ ok: true, anchoredAt: 2 })
  })

  it.each([
    ["empty", () => ""],
    ["of another key", (text: string) => text.replace(/ \S+\n$/, " c2lnbmF0dXJl\n")],
    ["with another place", (text: string) => text.replace(/^2 /, "1 ")],
  ])("is refused when it is %s", async (_what, change) => {
    await write(2)
    await sealAudit(store, 10)
    writeFileSync(file(), change(readFileSync(file(), "utf8")))
    await restart()
    await write(1, 20)
    expect(await sealAudit(store, 20)).toMatchObject({ ok: false, because: "anchor-forged" })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "anchor-forged" })
  })

  it("survives a roll of the server key, and so does the head, without an entry in between", async () => {
    await write(2)
    await sealAudit(store, 10)
    const fresh = "a-fresh-server-key-of-more-than-32-characters"
    await restart(createKeys([fresh, "a-server-key-for-tests-only-of-32-characters-or-more"]))
    expect(await sealAudit(store, 20)).toEqual({ ok: true, sealed: 0 })
    await restart(createKeys([fresh]))
    await write(1, 20)
    expect(await sealAudit(store, 30)).toEqual({ ok: true, sealed: 1 })
    expect(await verifyAudit(store)).toMatchObject({ ok: true, sealed: 3, anchoredAt: 3 })
  })
})

it("lasts as long as the process where that has no directory, as on PostgreSQL it need not", async () => {
  const location = await testLocation("postgresql")
  const dataDir = join(location.dataDir, "none")
  const store = await openStoreAt({ ...location, dataDir })
  await writeEntries(store, 3)
  await sealAudit(store, 10)
  expect(existsSync(dataDir)).toBe(false)
  await store.db.auditEntry.deleteMany()
  await store.db.auditHead.deleteMany()
  expect(await sealAudit(store, 20)).toMatchObject({ ok: false, because: "head-missing" })
  expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-missing" })
})
