import { beforeEach, describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { approveRequest } from "./approve-request"
import { changePolicy } from "./change-policy"
import { connectDevice } from "./connect-device"
import type { Store } from "./store"
import { dialects, openStoreAt, openTestStore, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"

const filedMs = 1_000_000
const limitMs = seedPolicy.pendingTtlMs
const hourMs = 3_600_000

describe.each(dialects)("requests and a longer time limit on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  async function file(device: string, nowMs = filedMs): Promise<string> {
    const answer = await connectDevice(store, knock({ device, nowMs }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("expected a pending request")
    return answer.decision.request.requestId
  }

  const raise = (nowMs: number) =>
    changePolicy(store, {
      ...{ policy: { ...seedPolicy, pendingTtlMs: hourMs }, version: 0, note: "slow admins", actor: admin, nowMs },
    })
  const approve = (requestId: string, nowMs: number) =>
    approveRequest(store, { requestId, from: "console", actor: admin, nowMs })

  it("none comes back to life that was over under the old limit, recorded or not", async () => {
    const over = await Promise.all(["dev-1", "dev-2", "dev-3"].map((device) => file(device)))
    const nowMs = filedMs + limitMs + 1
    const live = await file("dev-4", filedMs + 2)
    expect(await raise(nowMs)).toMatchObject({ ok: true })
    for (const requestId of over) {
      expect(await approve(requestId, nowMs + 1)).toMatchObject({
        because: "already-resolved",
        end: { status: "expired", atMs: filedMs + limitMs },
      })
    }
    expect(await store.db.auditEntry.count({ where: { action: "request.expired" } })).toBe(3)
    expect(await approve(live, nowMs + hourMs / 2)).toMatchObject({ ok: true })
  })

  it("one at the very end of its time lives on", async () => {
    const requestId = await file("dev-1")
    await raise(filedMs + limitMs)
    expect(await approve(requestId, filedMs + hourMs)).toMatchObject({ ok: true })
  })

  it("more than one round of the clock's recording are ended too", async () => {
    const row = await store.db.request.findFirst({ where: { requestId: await file("dev-0") } })
    if (row === null) throw new Error("expected a request")
    const rows = Array.from({ length: 120 }, (_, index) => {
      return { ...row, requestId: `r${index}`, deviceId: `d${index}`, publicKey: `k${index}` }
    })
    await store.db.request.createMany({ data: rows })
    await raise(filedMs + limitMs + 1)
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(0)
  })

  it("what another process made shorter a moment ago counts as well", async () => {
    const location = await testLocation(dialect)
    const [one, other] = [await openStoreAt(location), await openStoreAt(location)]
    store = one
    const requestId = await file("dev-1")
    const by = { note: "hurry", actor: admin, nowMs: filedMs + 60_001 }
    const shorter = { ...seedPolicy, pendingTtlMs: 60_000 }
    expect(await changePolicy(other, { ...by, policy: shorter, version: 0 })).toMatchObject({ ok: true })
    const longer = { ...seedPolicy, pendingTtlMs: hourMs }
    expect(await changePolicy(one, { ...by, policy: longer, version: 1 })).toMatchObject({ ok: true })
    expect(await approve(requestId, filedMs + 60_002)).toMatchObject({ because: "already-resolved" })
  })

  it("a refused change ends none", async () => {
    await file("dev-1")
    const policy = { ...seedPolicy, pendingTtlMs: hourMs }
    const input = { policy, note: "slow admins", actor: admin, nowMs: filedMs + limitMs + 1 }
    expect(await changePolicy(store, { ...input, version: 7 })).toMatchObject({ because: "already-resolved" })
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(1)
  })
})
