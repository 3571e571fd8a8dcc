import { beforeEach, describe, expect, it } from "vitest"
import type { ForeignRequest } from "@/lib/pairing/imported-request"
import { approveRequest } from "./approve-request"
import { blockDevice } from "./block-device"
import { parseCircumstances } from "./circumstances"
import { importRequest, previewRequest } from "./import-requests"
import { readRecord } from "./load-record"
import { rejectRequest } from "./reject-request"
import { changeSettings } from "./settings"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, askToWait, knock } from "./testing-connect"

const nowMs = 1_000_000
const minuteMs = 60_000
const read = "operator.read"
const input = { from: "devices/pending.json", nowMs }

function waiting(over: Partial<ForeignRequest> = {}): ForeignRequest {
  return {
    requestId: "req-of-the-other-gateway",
    ...{ deviceId: "dev-1", publicKey: "key of dev-1", metadata: knock().metadata },
    ...{ role: "operator", roles: ["operator"], scopes: [read], address: "192.0.2.7" },
    ...{ filedAtMs: nowMs - 4 * minuteMs, triedAtMs: nowMs - minuteMs },
    ...over,
  }
}

describe.each(dialects)("requests of another gateway on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  it("wait here under their own id, for the time that they have left, and can be approved", async () => {
    expect(await importRequest(store, waiting(), input)).toEqual({ ok: true })
    const row = await store.db.request.findFirstOrThrow()
    expect(row).toMatchObject({
      ...{ requestId: "req-of-the-other-gateway", status: "pending", reason: "not-paired", scopes: read },
      ...{ filedAtMs: nowMs - 4 * minuteMs, triedAtMs: nowMs - minuteMs, address: "192.0.2.7" },
    })
    expect(parseCircumstances(row.circumstances)).toMatchObject({ manual: "not-local", missing: [read] })
    const filed = { action: "request.filed", deviceId: "dev-1", subject: row.requestId }
    expect(await store.db.auditEntry.findMany()).toMatchObject([filed])
    const approved = await approveRequest(store, { requestId: row.requestId, from: "console", actor: admin, nowMs })
    expect(approved).toMatchObject({ ok: true })
  })

  it("without an address are no local ones", async () => {
    expect(await importRequest(store, waiting({ address: null }), input)).toEqual({ ok: true })
    const { circumstances } = await store.db.request.findFirstOrThrow()
    expect(parseCircumstances(circumstances)?.locality.local).toBe(false)
  })

  it("are not taken twice, and not again after they were decided", async () => {
    await importRequest(store, waiting(), input)
    expect(await importRequest(store, waiting(), input)).toMatchObject({ because: "already-here" })
    await rejectRequest(store, { requestId: "req-of-the-other-gateway", actor: admin, nowMs })
    expect(await importRequest(store, waiting(), input)).toMatchObject({ because: "already-here" })
    expect(await store.db.request.count()).toBe(1)
  })

  it("stay where they are when their time is over, to the millisecond", async () => {
    const last = waiting({ triedAtMs: nowMs - 5 * minuteMs })
    expect(await previewRequest(store, { ...last, triedAtMs: last.triedAtMs - 1 }, { nowMs, brought: null })).toEqual({
      ok: false,
      because: "expired",
    })
    expect(await importRequest(store, last, input)).toEqual({ ok: true })
  })

  it.each([
    ["unknown-role", { role: "worker" }],
    ["refused-here", { scopes: ["operator.*"] }],
  ])("stay where they are: %s", async (because, over) => {
    expect(await importRequest(store, waiting(over), input)).toEqual({ ok: false, because })
  })

  it("stay where they are when the key is blocked, or the device asks here already", async () => {
    const requestId = await askToWait(store, knock({ device: "dev-2" }))
    const other = waiting({ deviceId: "dev-2", publicKey: "key of dev-2" })
    expect(await importRequest(store, other, input)).toMatchObject({ because: "already-here" })
    await blockDevice(store, { deviceId: "dev-2", publicKey: "key of dev-2", actor: admin, nowMs })
    expect(await importRequest(store, other, input)).toMatchObject({ because: "refused-here" })
    expect(await store.db.request.findMany({ where: { status: "pending" } })).toEqual([])
    expect(requestId).not.toBe(other.requestId)
  })

  it("need nobody where the device holds as much already, here or by what is brought with it", async () => {
    const requestId = await askToWait(store, knock())
    await approveRequest(store, { requestId, from: "console", actor: admin, nowMs })
    expect(await importRequest(store, waiting(), input)).toMatchObject({ because: "needs-nobody" })
    const brought = await readRecord(store, { deviceId: "dev-1", pendingTtlMs: 0, nowMs })
    const seen = await previewRequest(await openTestStore(dialect), waiting(), { nowMs, brought })
    expect(seen).toMatchObject({ because: "needs-nobody" })
  })

  it("are no more of one address than may wait", async () => {
    await changeSettings(store, { changes: { pendingPerAddress: 1 }, actor: admin, nowMs })
    await importRequest(store, waiting(), input)
    const second = waiting({ requestId: "second", deviceId: "dev-2", publicKey: "key of dev-2" })
    expect(await importRequest(store, second, input)).toEqual({ ok: false, because: "overloaded" })
  })
})
