import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { chainedColumns, chainHash, firstHash } from "./audit-chain"
import { writeEntries } from "./audit-testing"
import { sealAudit } from "./seal-audit"
import type { Store } from "./store"
import { dialects, openStoreAt, type TestLocation, testLocation } from "./testing"
import { verifyAudit } from "./verify-audit"

/** Whoever does this has the database and nothing else: neither the server key nor the data directory. */
describe.each(dialects)("whoever writes to the database on %s", (dialect) => {
  let location: TestLocation
  let store: Store
  beforeEach(async () => {
    location = await testLocation(dialect)
    store = await openStoreAt(location)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const write = (count: number, firstAtMs?: number) => writeEntries(store, count, firstAtMs)
  const head = () => store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } })
  const restart = async () => {
    store = await openStoreAt(location)
  }

  /** What an intruder can do without any key: the hashes are a matter of arithmetic. */
  async function rehash(): Promise<void> {
    let hash = firstHash
    const entries = await store.db.auditEntry.findMany({
      where: { seq: { not: null } },
      orderBy: { seq: "asc" },
      select: chainedColumns,
    })
    for (const [index, entry] of entries.entries()) {
      const prevHash = hash
      hash = chainHash(prevHash, index + 1, entry)
      await store.db.auditEntry.update({ where: { id: entry.id }, data: { seq: index + 1, prevHash, hash } })
    }
    await store.db.auditHead.update({ where: { id: 1 }, data: { seq: entries.length, hash } })
  }

  /** It is found at once, is not sealed over, is still found after the next entry, and by a process that starts anew. */
  async function mustBeFound(because: string): Promise<void> {
    const found = { ok: false, because }
    expect(await verifyAudit(store)).toMatchObject(found)
    const before = await store.db.auditHead.findUnique({ where: { id: 1 } })
    await write(1, 1_000)
    expect(await sealAudit(store, 2_000)).toMatchObject(found)
    expect(await store.db.auditHead.findUnique({ where: { id: 1 } })).toEqual(before)
    expect(await verifyAudit(store)).toMatchObject(found)
    await restart()
    expect(await sealAudit(store, 3_000)).toMatchObject(found)
    expect(await verifyAudit(store)).toMatchObject(found)
  }

  it("cannot change an entry and have the next seal sign the recomputed chain", async () => {
    const ids = await write(5)
    await sealAudit(store, 10)
    await store.db.auditEntry.update({ where: { id: ids[1] ?? "" }, data: { actorName: "somebody else" } })
    await rehash()
    await mustBeFound("head-forged")
  })

  it("cannot delete an entry and close the gap, with the signed head or over it", async () => {
    const ids = await write(5)
    await sealAudit(store, 10)
    const signed = await head()
    await store.db.auditEntry.delete({ where: { id: ids[1] ?? "" } })
    await rehash()
    await store.db.auditHead.update({ where: { id: 1 }, data: signed })
    await mustBeFound("head-differs")
  })

  it("cannot have the whole log chained anew by taking the seals off", async () => {
    const ids = await write(5)
    await sealAudit(store, 10)
    await store.db.auditEntry.delete({ where: { id: ids[1] ?? "" } })
    await store.db.auditEntry.updateMany({ data: { seq: null, prevHash: null, hash: null } })
    await store.db.auditHead.deleteMany()
    await mustBeFound("head-missing")
  })

  it("cannot empty the log and begin another one", async () => {
    await write(3)
    await sealAudit(store, 10)
    await store.db.auditEntry.deleteMany()
    await store.db.auditHead.deleteMany()
    await mustBeFound("head-missing")
  })

  it("cannot take the head away", async () => {
    await write(3)
    await sealAudit(store, 10)
    await store.db.auditHead.deleteMany()
    await mustBeFound("head-missing")
  })

  it("cannot cut off the newest entry, nor send it through the sealer again", async () => {
    const ids = await write(3)
    await sealAudit(store, 10)
    await store.db.auditEntry.update({
      where: { id: ids[2] ?? "" },
      data: { seq: null, prevHash: null, hash: null, actorName: "somebody else" },
    })
    await mustBeFound("head-differs")
    await store.db.auditEntry.delete({ where: { id: ids[2] ?? "" } })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-differs" })
  })

  it("cannot add an entry past the signed end, whose place would also stop the sealer", async () => {
    await write(3)
    await sealAudit(store, 10)
    const { seq, hash } = await head()
    const forged = {
      ...{ id: "zz", atMs: 50, action: "request.approved", actorKind: "admin", actorId: "a", actorName: "Ada" },
      ...{ deviceId: "d", subject: null, before: null, after: null, note: null },
    }
    const chained = { seq: seq + 1, prevHash: hash, hash: chainHash(hash, seq + 1, forged) }
    await store.db.auditEntry.create({ data: { ...forged, ...chained } })
    await mustBeFound("head-differs")
    expect(await verifyAudit(store)).toMatchObject({ entryId: "zz" })
  })

  it.each([1_000_000, 0, -3])("cannot hide an entry at the place %i", async (seq) => {
    await write(3)
    await sealAudit(store, 10)
    const [id] = await write(1, 20)
    await store.db.auditEntry.update({ where: { id: id ?? "" }, data: { seq } })
    await mustBeFound("head-differs")
    expect(await verifyAudit(store)).toMatchObject({ entryId: id })
  })

  it("cannot put an older signed head back, with what came later deleted", async () => {
    await write(3)
    await sealAudit(store, 10)
    const old = await head()
    await write(3, 20)
    await sealAudit(store, 30)
    await store.db.auditEntry.deleteMany({ where: { seq: { gt: old.seq } } })
    await store.db.auditHead.update({ where: { id: 1 }, data: old })
    await mustBeFound("anchor-differs")
  })

  it("cannot put an older signed head back and have the later entries sealed again, changed", async () => {
    await write(3)
    await sealAudit(store, 10)
    const old = await head()
    const [id] = await write(3, 20)
    await sealAudit(store, 30)
    await store.db.auditEntry.updateMany({
      where: { seq: { gt: old.seq } },
      data: { seq: null, prevHash: null, hash: null },
    })
    await store.db.auditEntry.update({ where: { id: id ?? "" }, data: { actorName: "somebody else" } })
    await store.db.auditHead.update({ where: { id: 1 }, data: old })
    await mustBeFound("anchor-differs")
  })

  it("is not followed by another process that still knows how far the chain had come", async () => {
    await write(2)
    await sealAudit(store, 10)
    const old = await head()
    await write(2, 20)
    await sealAudit(store, 30)
    await store.db.auditEntry.deleteMany({ where: { seq: { gt: old.seq } } })
    await store.db.auditHead.update({ where: { id: 1 }, data: old })
    // One process started with an empty directory and so knows of nothing; it even seals on.
    const fresh = await openStoreAt({ ...(await testLocation(dialect)), databaseUrl: urlOf(location) })
    await write(5, 40)
    expect(await sealAudit(fresh, 50)).toMatchObject({ ok: true })
    expect(await verifyAudit(fresh)).toMatchObject({ ok: true })
    expect(await sealAudit(store, 60)).toMatchObject({ ok: false, because: "anchor-differs" })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "anchor-differs", seq: 4 })
  })

  it("makes the running store say so once, and go on once the rows are right again", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {})
    const rest = { timeout: 5_000 }
    store = await openStoreAt(location, { chores: "run" })
    await write(2)
    await expect.poll(() => verifyAudit(store), rest).toMatchObject({ ok: true, sealed: 2 })
    const signed = await head()
    await store.db.auditHead.update({ where: { id: 1 }, data: { signature: "forged" } })
    await write(1, 100)
    await expect.poll(() => told.mock.calls.length, rest).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(told.mock.calls).toEqual([[expect.stringMatching(/audit.*not signed with this server's key/)]])
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-forged", unsealed: 1 })
    await store.db.auditHead.update({ where: { id: 1 }, data: signed })
    await expect.poll(() => verifyAudit(store), rest).toMatchObject({ ok: true, sealed: 3, unsealed: 0 })
  })
})

/** The database of a location, named so that a store with another data directory finds it. */
function urlOf({ databaseUrl, dataDir }: TestLocation): string {
  return databaseUrl ?? `file:${join(dataDir, "gatehouse.db")}`
}
