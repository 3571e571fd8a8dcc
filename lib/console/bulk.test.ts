import { beforeEach, describe, expect, it, vi } from "vitest"
import { approveRequest } from "@/lib/store/approve-request"
import { connectDevice } from "@/lib/store/connect-device"
import { rejectRequest } from "@/lib/store/reject-request"
import type { Store } from "@/lib/store/store"
import { admin, askToWait, called, knock } from "@/lib/store/testing-connect"
import { loadBulk, loadWarnedSince } from "./bulk"
import { loadRequestQueue } from "./requests"
import { openTestConsole } from "./testing-console"
import { warningKey } from "./warning-key"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store
let nowMs: number

beforeEach(async () => {
  store = await openTestConsole("approver")
  nowMs = Date.now()
})

const ask = (over: Parameters<typeof knock>[0] = {}) => askToWait(store, knock({ nowMs, ...over }))

const selectAll = async () => (await loadRequestQueue()).rows

describe("several requests before they are decided", () => {
  it("each show what they would get, by their present content, with the digest that an approval names", async () => {
    const first = await ask({ device: "a", ...called("Tablet") })
    const second = await ask({ device: "b", scopes: ["operator.read", "operator.admin"], nowMs: nowMs + 1 })
    const { waiting, ended, isNoteRequired } = await loadBulk(await selectAll())
    expect(waiting).toMatchObject([
      { requestId: first, deviceId: "a", grant: ["operator.read"], leftOut: [] },
      { requestId: second, grant: ["operator.read", "operator.admin"], leftOut: ["dangerous"] },
    ])
    expect([ended, isNoteRequired]).toEqual([[], false])
    const [{ requestId, digest, grant } = { requestId: "", digest: "", grant: [] }] = waiting
    const approval = { requestId, digest, grant, isConfirmed: false, from: "console", actor: admin, nowMs } as const
    expect(await approveRequest(store, approval)).toMatchObject({ ok: true })
  })

  it("show one that was replaced since it was selected as what its device asks now, left out", async () => {
    await ask({ device: "a", scopes: ["operator.read"] })
    const selected = await selectAll()
    const now = await ask({ device: "a", scopes: ["operator.read", "operator.write"] })
    expect((await loadBulk(selected)).waiting).toMatchObject([{ requestId: now, leftOut: ["replaced"] }])
    // Who selected what replaced it as well has seen it.
    expect((await loadBulk([...selected, ...(await selectAll())])).waiting).toMatchObject([
      { requestId: now, leftOut: [] },
    ])
  })

  it("leave out one whose device may do something else since it was selected", async () => {
    await connectDevice(store, knock({ nowMs, from: "loopback" }))
    const requestId = await ask({ scopes: ["operator.approvals"] })
    const selected = await selectAll()
    expect((await loadBulk(selected)).waiting).toMatchObject([{ requestId, leftOut: [] }])
    await connectDevice(store, knock({ nowMs, from: "loopback", scopes: ["operator.talk"] }))
    expect((await loadBulk(selected)).waiting).toMatchObject([{ requestId, leftOut: ["rights-changed"] }])
  })

  it("leave out one that says otherwise of itself by now, a new role, and another key", async () => {
    await ask({ device: "a", ...called("Laptop") })
    await ask({ device: "a", ...called("Desktop") })
    await connectDevice(store, knock({ device: "b", nowMs, from: "loopback" }))
    await ask({ device: "b", role: "node", scopes: [], nowMs: nowMs + 1 })
    await ask({ identity: { deviceId: "b", publicKey: "another key" }, nowMs: nowMs + 2 })
    const { waiting } = await loadBulk(await selectAll())
    expect(waiting.map(({ leftOut }) => leftOut.filter((because) => because !== "warned"))).toEqual([
      ["says-otherwise"],
      ["role-upgrade"],
      ["other-key"],
    ])
  })

  it("leave out what there is something to mind about", async () => {
    await connectDevice(store, knock({ device: "a", nowMs, from: "loopback", ...called("Kitchen") }))
    await ask({ device: "b", ...called("Кitchen") })
    expect((await loadBulk(await selectAll())).waiting).toMatchObject([
      { leftOut: ["warned"], warnings: [{ kind: "name" }] },
    ])
  })

  it("are not approved with something to mind that was not shown, and were it only another one of it", async () => {
    const requestId = await ask({ device: "a", ...called("Kitchen") })
    const other = await ask({ device: "b", ...called("Studio") })
    const { waiting } = await loadBulk(await selectAll())
    const shown = waiting.map((row) => ({ requestId: row.requestId, warnings: row.warnings.map(warningKey) }))
    expect([waiting.map(({ leftOut }) => leftOut), await loadWarnedSince(shown)]).toEqual([[[], []], new Set()])
    await connectDevice(store, knock({ device: "c", nowMs, from: "loopback", ...called("Кitchen") }))
    expect(await loadWarnedSince(shown)).toEqual(new Set([requestId]))
    expect(await loadWarnedSince([{ requestId, warnings: ["name"] }])).toEqual(new Set())
    expect(await loadWarnedSince([{ requestId, warnings: ["burst"] }])).toEqual(new Set([requestId]))

    const by = { from: "console", actor: admin, nowMs } as const
    const refused = { ok: false, because: "warned-since" }
    expect(await approveRequest(store, { requestId, isConfirmed: true, isWarned: true, ...by })).toEqual(refused)
    expect(await store.db.device.findUnique({ where: { deviceId: "a" } })).toBeNull()
    expect(await store.db.auditEntry.count({ where: { action: "request.approved" } })).toBe(0)
    expect(await approveRequest(store, { requestId: other, isConfirmed: false, isWarned: false, ...by })).toMatchObject(
      {
        ok: true,
      },
    )
  })

  it("read once what all of them are compared with", async () => {
    for (const [index, name] of ["Kitchen", "Studio", "Attic"].entries())
      await ask({ device: name, ...called(name), nowMs: nowMs + index })
    const selected = await selectAll()
    const reads = vi.spyOn(store.db.request, "findMany")
    const { waiting } = await loadBulk(selected)
    expect(waiting).toHaveLength(3)
    // Those that wait, and those that wait at the one address that all of them ask from.
    expect(reads).toHaveBeenCalledTimes(2)
    reads.mockRestore()
  })

  it("tell which ended meanwhile, how and by whom", async () => {
    const requestId = await ask({ device: "a" })
    const selected = await selectAll()
    await rejectRequest(store, { requestId, actor: admin, nowMs })
    expect(await loadBulk([...selected, { requestId: "no such request", rightsRevision: null }])).toMatchObject({
      waiting: [],
      ended: [{ requestId, status: "rejected", endedBy: { name: "Ada" } }],
    })
  })
})
