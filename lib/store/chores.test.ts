import { beforeEach, describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { connectDevice } from "./connect-device"
import { countRefusal } from "./count-refusal"
import { deleteOldRows } from "./delete-old-rows"
import { dayMs } from "./observed"
import { recordExpiredRequests } from "./record-expired-requests"
import { rejectRequest } from "./reject-request"
import type { Store } from "./store"
import { dialects, openStoreAt, openTestStore, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"
import { verifyAudit } from "./verify-audit"

const nowMs = 1_000_000

describe.each(dialects)("recurring work on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  it("records what expired, at the instant at which it did, once", async () => {
    await connectDevice(store, knock())
    await connectDevice(store, knock({ device: "dev-2", nowMs: nowMs + 1 }))
    const end = nowMs + seedPolicy.pendingTtlMs
    expect(await recordExpiredRequests(store, end)).toBe(0)
    expect(await recordExpiredRequests(store, end + 1)).toBe(1)
    expect(await recordExpiredRequests(store, end + 1)).toBe(0)
    expect(await store.db.request.findMany({ orderBy: { filedAtMs: "asc" } })).toMatchObject([
      { status: "expired", endedAtMs: end, endedByKind: "system", endedByName: "time limit" },
      { status: "pending", endedAtMs: null },
    ])
    expect(await store.db.auditEntry.count({ where: { action: "request.expired" } })).toBe(1)
  })

  it("deletes what the settings no longer keep, and nothing that still has effect", async () => {
    const held = await connectDevice(store, knock())
    if (!held.ok || held.decision.kind !== "pending") throw new Error("expected a pending request")
    const { requestId } = held.decision.request
    await rejectRequest(store, { requestId, actor: admin, nowMs })
    await store.db.request.update({ where: { requestId }, data: { heldUntilMs: nowMs + 400 * dayMs } })
    await connectDevice(store, knock({ device: "dev-2" }))
    await recordExpiredRequests(store, nowMs + dayMs)
    countRefusal(store, { reason: "token-mismatch", address: "10.0.0.1", nowMs })
    await store.observed.flush()
    const counts = async () => [
      await store.db.request.count(),
      await store.db.connectAttempt.count(),
      await store.db.refusalCount.count(),
    ]
    expect(await counts()).toEqual([2, 2, 1])
    await deleteOldRows(store, nowMs + 29 * dayMs)
    expect(await counts()).toEqual([2, 2, 1])
    await deleteOldRows(store, nowMs + 89 * dayMs)
    expect(await counts()).toEqual([2, 2, 0])
    await deleteOldRows(store, nowMs + 367 * dayMs)
    expect(await counts()).toEqual([1, 0, 0])
    await deleteOldRows(store, nowMs + 401 * dayMs)
    expect(await counts()).toEqual([0, 0, 0])
  })

  it("counts refusals by reason, hour and address (IPv6 by /64), in bounded rows", async () => {
    for (const address of ["2001:db8::1", "2001:db8::2", "::ffff:10.0.0.1", "10.0.0.1"]) {
      countRefusal(store, { reason: "unauthorized", address, nowMs })
    }
    await store.observed.flush()
    countRefusal(store, { reason: "unauthorized", address: "10.0.0.1", nowMs })
    await store.observed.flush()
    const rows = await store.db.refusalCount.findMany({ orderBy: { count: "asc" } })
    expect(rows.map((row) => row.count)).toEqual([2, 3])
    for (let index = 0; index < 5_000; index++) {
      const address = `10.${index >> 8}.${index & 255}.9`
      countRefusal(store, { reason: "unauthorized", address, nowMs })
    }
    await store.observed.flush()
    expect(await store.db.refusalCount.count()).toBeLessThanOrEqual(2_001)
    expect(await store.db.refusalCount.findMany({ where: { prefix: "other" } })).toMatchObject([{ count: 3_002 }])
  })

  it("finds a device under the address that it moved to", async () => {
    await connectDevice(store, knock({ from: "loopback" }))
    await connectDevice(store, knock({ from: "lan" }))
    await store.observed.flush()
    const terms = (await store.db.deviceTerm.findMany()).map((row) => row.term)
    expect(terms).toContain("192.168.1.20")
    expect(terms).not.toContain("127.0.0.1")
    expect(terms).toContain("laptop")
  })

  it("is finished when the store closes: what was seen is written, entries are sealed", async () => {
    const location = await testLocation(dialect)
    const closing = await openStoreAt(location, { chores: "run" })
    await connectDevice(closing, knock({ from: "loopback" }))
    await Promise.all([closing.close(), closing.close()])
    store = await openStoreAt(location)
    expect(await store.db.device.findMany()).toMatchObject([{ lastSeenAtMs: nowMs }])
    expect(await verifyAudit(store)).toEqual({ ok: true, sealed: 1, unsealed: 0, anchoredAt: 1 })
  })
})
