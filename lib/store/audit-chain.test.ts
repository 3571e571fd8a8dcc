import { beforeEach, describe, expect, it } from "vitest"
import { writeEntries } from "./audit-testing"
import { createKeys } from "./keys"
import { sealAudit } from "./seal-audit"
import type { Store } from "./store"
import { dialects, openStoreAt, openTestStore, testLocation } from "./testing"
import { verifyAudit } from "./verify-audit"

describe.each(dialects)("the audit chain on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  const write = (count: number, firstAtMs?: number) => writeEntries(store, count, firstAtMs)

  it("holds over what is sealed, and counts the tail that is not yet", async () => {
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 0, unsealed: 0, anchoredAt: null })
    await write(3)
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 0, unsealed: 3, anchoredAt: null })
    expect(await sealAudit(store, 10)).toEqual({ ok: true, sealed: 3 })
    await write(2, 10)
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 3, unsealed: 2, anchoredAt: 3 })
    await sealAudit(store, 20)
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 5, unsealed: 0, anchoredAt: 5 })
  })

  it("seals more than one batch, and an entry that commits late after newer ones", async () => {
    await write(210, 1_000)
    expect(await sealAudit(store, 1)).toEqual({ ok: true, sealed: 210 })
    await write(1, 5)
    await sealAudit(store, 2)
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 211, unsealed: 0, anchoredAt: 211 })
  })

  it("is one chain when several processes seal at once", async () => {
    const location = await testLocation(dialect)
    store = await openStoreAt(location)
    const other = await openStoreAt(location)
    await write(30)
    await Promise.all([sealAudit(store, 1), sealAudit(other, 1), write(10, 100), sealAudit(other, 1)])
    await sealAudit(store, 2)
    expect(await verifyAudit(other)).toMatchObject({ ok: true, sealed: 40, unsealed: 0 })
  })

  it.each(["atMs", "action", "actorName", "deviceId", "subject", "before", "after", "note"])(
    "breaks where %s of an entry was changed",
    async (column) => {
      const ids = await write(4)
      await sealAudit(store, 10)
      const data = { [column]: column === "atMs" ? 99 : "other" }
      await store.db.auditEntry.update({ where: { id: ids[1] ?? "" }, data })
      expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "entry-changed", seq: 2, entryId: ids[1] })
    },
  )

  it("breaks where an entry was deleted, in the middle or at the end", async () => {
    const ids = await write(4)
    await sealAudit(store, 10)
    await store.db.auditEntry.delete({ where: { id: ids[3] ?? "" } })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-differs", seq: 3 })
    await store.db.auditEntry.delete({ where: { id: ids[1] ?? "" } })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "entry-missing", seq: 2 })
  })

  it("breaks where the head was set back, replaced or lost", async () => {
    await write(2)
    await sealAudit(store, 10)
    const early = await store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } })
    await write(2, 10)
    await sealAudit(store, 20)
    const put = (data: Partial<typeof early>) => store.db.auditHead.update({ where: { id: 1 }, data })
    await put(early)
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-differs", seq: 2 })
    await put({ seq: early.seq + 1 })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-forged" })
    const foreign = createKeys(["a-key-that-an-intruder-made-up-0123456789"])
    await put({ signature: foreign.sign("anything"), keyId: foreign.keyId })
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-forged" })
    await store.db.auditHead.deleteMany()
    expect(await verifyAudit(store)).toMatchObject({ ok: false, because: "head-missing" })
  })

  it("is sealed by the running store within a second", async () => {
    store = await openTestStore(dialect, { chores: "run" })
    await write(2)
    await expect.poll(() => verifyAudit(store), { timeout: 5_000 }).toMatchObject({ ok: true, sealed: 2, unsealed: 0 })
  })
})
