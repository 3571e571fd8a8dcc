import { beforeEach, describe, expect, it, vi } from "vitest"
import type { PairingReason } from "@/lib/pairing/types"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import { rejectRequest } from "@/lib/store/reject-request"
import { removeDevice } from "@/lib/store/remove-device"
import type { Store } from "@/lib/store/store"
import { admin, askToWait, called, knock } from "@/lib/store/testing-connect"
import { unblockDevice } from "@/lib/store/unblock-device"
import { undoApproval } from "@/lib/store/undo-approval"
import type { RequestView } from "./request-types"
import { loadEndedRequests, loadRequest, loadRequestQueue, loadWaitingCounts, loadWaitingRequests } from "./requests"
import { openTestConsole } from "./testing-console"

vi.mock("next/headers", () => import("./testing-console"))

let store: Store
let nowMs: number

beforeEach(async () => {
  store = await openTestConsole("viewer")
  nowMs = Date.now()
})

const ask = (over: Parameters<typeof knock>[0] = {}) => askToWait(store, knock({ nowMs, ...over }))

async function waiting(requestId: string) {
  const view = await loadRequest(requestId)
  if (view?.state.kind !== "waiting") throw new Error("Expected a waiting request.")
  return { view, state: view.state }
}

function endOf(view: RequestView | null) {
  return view?.state.kind === "ended" ? view.state : null
}

describe("the queue", () => {
  it("is in order of filing, whoever retries, and knows when each ends", async () => {
    const first = await ask({ device: "a", nowMs: nowMs - 60_000 })
    const second = await ask({ device: "b", nowMs: nowMs - 30_000 })
    await ask({ device: "a" })
    const { rows, isMore } = await loadRequestQueue()
    expect(rows.map((row) => row.requestId)).toEqual([first, second])
    expect(rows[0]).toMatchObject({ tries: 2, triedAtMs: nowMs, expiresAtMs: nowMs + 300_000, isLocal: false })
    expect(isMore).toBe(false)
  })

  it("holds none whose time is over, also when nobody has recorded that yet", async () => {
    const requestId = await ask({ nowMs: nowMs - 300_100 })
    expect((await loadRequestQueue()).rows).toEqual([])
    expect(endOf(await loadRequest(requestId))).toMatchObject({ status: "expired", endedAtMs: nowMs - 100 })
  })

  it("says of some requests which still wait, with the rows of the whole list", async () => {
    const first = await ask({ device: "a", nowMs: nowMs - 2 })
    const second = await ask({ device: "b", nowMs: nowMs - 1 })
    const third = await ask({ device: "c" })
    await rejectRequest(store, { requestId: second, actor: admin, nowMs })
    const { rows } = await loadRequestQueue()
    expect(await loadWaitingRequests([first, second, "none"])).toEqual([rows[0]])
    expect(rows.map((row) => row.requestId)).toEqual([first, third])
    expect(await loadWaitingRequests([])).toEqual([])
  })

  it("holds those of one reason alone, oldest first, and counts each reason", async () => {
    await connectDevice(store, knock({ device: "b", nowMs, from: "loopback" }))
    const first = await ask({ device: "a", nowMs: nowMs - 3 })
    const more = await ask({ device: "b", scopes: ["operator.approvals"], nowMs: nowMs - 2 })
    const second = await ask({ device: "c", nowMs: nowMs - 1 })
    await ask({ device: "d", nowMs: nowMs - 300_100 })
    const idsOf = async (reason: PairingReason) => (await loadRequestQueue(reason)).rows.map((row) => row.requestId)
    expect(await idsOf("not-paired")).toEqual([first, second])
    expect(await idsOf("scope-upgrade")).toEqual([more])
    expect(await loadRequestQueue("role-upgrade")).toMatchObject({ reason: "role-upgrade", rows: [], isMore: false })
    expect(await loadRequestQueue("not-paired", 1)).toMatchObject({ rows: [{ requestId: first }], isMore: true })
    expect(await loadWaitingCounts()).toEqual({
      ...{ "not-paired": 2, "scope-upgrade": 1, "role-upgrade": 0, "metadata-upgrade": 0 },
    })
  })

  it("says that more wait than are asked for", async () => {
    const first = await ask({ device: "a", nowMs: nowMs - 1 })
    await ask({ device: "b" })
    expect(await loadRequestQueue(null, 1)).toMatchObject({ rows: [{ requestId: first }], isMore: true })
    expect(await loadRequestQueue(null, 2)).toMatchObject({ isMore: false })
  })

  it("names a paired device by its label, and another key under its id by what it says alone", async () => {
    await connectDevice(store, knock({ nowMs, from: "loopback" }))
    await store.db.device.update({ where: { deviceId: "dev-1" }, data: { label: "Ops" } })
    await ask({ scopes: ["operator.admin"] })
    await ask({ identity: { deviceId: "dev-1", publicKey: "another key" }, nowMs: nowMs + 1 })
    const { rows } = await loadRequestQueue()
    expect(rows).toMatchObject([
      { label: "Ops", heldRoles: ["operator"], reason: "scope-upgrade", missing: ["operator.admin"] },
      { label: null, heldRoles: [], reason: "not-paired" },
    ])
  })
})

describe("one request", () => {
  it("shows its difference, and what was declined before, by whom", async () => {
    const first = await ask({ scopes: ["operator.read", "operator.admin"] })
    await approveRequest(store, { requestId: first, from: "console", grant: ["operator.read"], actor: admin, nowMs })
    const { view, state } = await waiting(await ask({ scopes: ["operator.admin", "operator.talk", "operator.read"] }))
    expect(view).toMatchObject({ paired: "same-key", reason: "scope-upgrade", manual: "not-local" })
    expect(state.scopes).toMatchObject([
      { scope: "operator.read", isApproved: true, inToken: true, withheldBy: null },
      { scope: "operator.talk", isApproved: false, bringsBack: [] },
      { scope: "operator.admin", isDangerous: true, withheldBy: { by: "Ada", atMs: nowMs } },
    ])
    expect(view.observations).toContainEqual({ speaks: "against", text: "peer 192.168.1.20 is not loopback" })
  })

  it("names what is shown: the digest approves this, and nothing that came after", async () => {
    await connectDevice(store, knock({ nowMs, from: "loopback" }))
    const requestId = await ask({ scopes: ["operator.approvals"] })
    const { state } = await waiting(requestId)
    await connectDevice(store, knock({ nowMs, from: "loopback", scopes: ["operator.talk"] }))
    const approve = async (digest: string) =>
      approveRequest(store, { requestId, digest, from: "console", grant: ["operator.approvals"], actor: admin, nowMs })
    expect(await approve(state.digest)).toMatchObject({ ok: false, because: "request-changed" })
    expect(await approve((await waiting(requestId)).state.digest)).toMatchObject({ ok: true })
  })

  it("keeps its digest while its device only retries", async () => {
    const requestId = await ask()
    const { state } = await waiting(requestId)
    await ask({ nowMs: nowMs + 1000 })
    expect((await waiting(requestId)).state.digest).toBe(state.digest)
  })

  it("tells what the device says otherwise by now", async () => {
    const requestId = await ask(called("Laptop"))
    await ask(called("Desktop"))
    const { view } = await waiting(requestId)
    expect(view.displayName).toBe("Laptop")
    expect(view.changedClaims).toEqual([{ what: "name", filed: "Laptop", latest: "Desktop" }])
  })

  it("says how it ended and by whom, and until when a rejection holds", async () => {
    const requestId = await ask()
    await rejectRequest(store, { requestId, note: "unknown", actor: admin, nowMs })
    expect(endOf(await loadRequest(requestId))).toMatchObject({
      status: "rejected",
      endedBy: { kind: "admin", name: "Ada" },
      note: "unknown",
      heldUntilMs: nowMs + 86_400_000,
    })
  })

  it("says by whom and when its approval was undone, and what that took back", async () => {
    const first = await ask()
    await approveRequest(store, { requestId: first, from: "console", actor: admin, nowMs })
    const second = await ask({ scopes: ["operator.read", "operator.talk"] })
    await approveRequest(store, { requestId: second, from: "console", actor: admin, nowMs: nowMs + 1 })
    const by = { kind: "admin", name: "Ada" }
    await undoApproval(store, { requestId: second, actor: admin, nowMs: nowMs + 2 })
    expect(endOf(await loadRequest(first))?.aftermath).toEqual({ droppedWith: null, undone: null })
    const ofScopes = { undone: { atMs: nowMs + 2, by, removed: ["operator.talk"] } }
    expect(endOf(await loadRequest(second))).toMatchObject({ status: "approved", undo: null, aftermath: ofScopes })
    await undoApproval(store, { requestId: first, actor: admin, nowMs: nowMs + 3, confirmedLockout: true })
    const ofRole = { undone: { atMs: nowMs + 3, by, removed: null } }
    expect(endOf(await loadRequest(first))).toMatchObject({ status: "approved", aftermath: ofRole })
    const { rows } = await loadEndedRequests(null)
    expect(rows).toMatchObject([
      { requestId: second, aftermath: ofScopes },
      { requestId: first, aftermath: ofRole },
    ])
    const { view } = await waiting(await ask({ nowMs: nowMs + 4 }))
    expect(view).toMatchObject({ reason: "role-upgrade", heldRoles: [], roleRevokedAtMs: nowMs + 3 })
  })

  it("says which of the approved scopes end, and when", async () => {
    const [first, untilMs] = [await ask({ scopes: ["operator.read"] }), nowMs + 60_000]
    await approveRequest(store, { requestId: first, from: "console", actor: admin, untilMs, nowMs })
    const second = await ask({ scopes: ["operator.read", "operator.talk"] })
    await approveRequest(store, { requestId: second, from: "console", actor: admin, nowMs })
    expect(endOf(await loadRequest(second))).toMatchObject({ endsNow: { "operator.read": untilMs } })
    await undoApproval(store, { requestId: first, actor: admin, nowMs })
    expect(endOf(await loadRequest(second))?.endsNow).toEqual({})
  })

  it("says with what it was dropped, and whether its key is still blocked", async () => {
    const [blocked, removed] = [await ask({ device: "a" }), await ask({ device: "b", scopes: ["operator.talk"] })]
    await approveRequest(store, { requestId: removed, from: "console", actor: admin, nowMs })
    const more = await ask({ device: "b", scopes: ["operator.write"] })
    await blockDevice(store, { deviceId: "a", actor: admin, nowMs })
    await removeDevice(store, { deviceId: "b", actor: admin, nowMs })
    expect(await loadRequest(blocked)).toMatchObject({
      isBlocked: true,
      state: { status: "dropped", aftermath: { droppedWith: "blocked" } },
    })
    expect(endOf(await loadRequest(more))?.aftermath).toEqual({ droppedWith: "removed", undone: null })
    await unblockDevice(store, { deviceId: "a", actor: admin, nowMs })
    expect(await loadRequest(blocked)).toMatchObject({
      isBlocked: false,
      state: { aftermath: { droppedWith: "blocked" } },
    })
  })

  it("leads from a replaced request to the one that replaced it", async () => {
    const old = await ask()
    const fresh = await ask({ scopes: ["operator.write"] })
    expect(endOf(await loadRequest(old))).toMatchObject({ status: "superseded", supersededBy: fresh })
  })

  it("is null for an id that no request has", async () => {
    expect(await loadRequest("nothing")).toBeNull()
  })
})

it("pages through what ended, the latest first, each once", async () => {
  const ids: string[] = []
  for (let n = 0; n < 45; n++) {
    const requestId = await ask({ device: `d${n}` })
    // In threes at one instant, for the paging to tell apart.
    await rejectRequest(store, { requestId, actor: admin, nowMs: nowMs + Math.floor(n / 3) })
    ids.push(requestId)
  }
  const seen: string[] = []
  let next: string | null = null
  do {
    const [atMs = "", id = ""]: string[] = next?.split("~") ?? []
    const page = await loadEndedRequests(next === null ? null : { atMs: Number(atMs), id })
    seen.push(...page.rows.map((row) => row.requestId))
    next = page.next
  } while (next !== null)
  expect(seen).toHaveLength(45)
  expect([...seen].sort()).toEqual([...ids].sort())
  const times = await Promise.all(seen.map(async (id) => endOf(await loadRequest(id))?.endedAtMs ?? 0))
  expect(times).toEqual([...times].sort((one, other) => other - one))
})
