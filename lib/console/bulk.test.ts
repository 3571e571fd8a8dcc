import { beforeEach, describe, expect, it, vi } from "vitest"
import { openTestSession } from "@/lib/auth/testing"
import { approveRequest } from "@/lib/store/approve-request"
import { connectDevice } from "@/lib/store/connect-device"
import { installStore } from "@/lib/store/instance"
import { rejectRequest } from "@/lib/store/reject-request"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { admin, knock } from "@/lib/store/testing-connect"
import { loadBulk } from "./bulk"
import { loadRequestQueue } from "./requests"

// Who may load what is tested for every loader at once (app/gates.test.ts).
const request = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock("next/headers", () => ({ headers: async () => request.headers }))

let store: Store
let nowMs: number

beforeEach(async () => {
  store = await openTestStore("sqlite", { chores: "leave" })
  installStore(store)
  const { cookie } = await openTestSession(store, { role: "approver" })
  request.headers = new Headers({ cookie })
  nowMs = Date.now()
})

async function ask(over: Parameters<typeof knock>[0] = {}): Promise<string> {
  const answer = await connectDevice(store, knock({ nowMs, ...over }))
  if (!answer.ok || answer.decision.kind !== "pending") throw new Error("Expected to wait.")
  return answer.decision.request.requestId
}

const called = (displayName: string) => ({ metadata: { ...knock().metadata, displayName } })
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
