import { beforeEach, describe, expect, it } from "vitest"
import { approveRequest } from "./approve-request"
import { connectDevice } from "./connect-device"
import { removeDevice } from "./remove-device"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"
import { undoApproval, undoMs, undoOf } from "./undo-approval"

const nowMs = 1_000_000
const by = { actor: admin, nowMs }

describe.each(dialects)("undoing an approval on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect, { chores: "leave" })
  })

  async function ask(over: Parameters<typeof knock>[0] = {}): Promise<string> {
    const answer = await connectDevice(store, knock({ nowMs, ...over }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("Expected to wait.")
    return answer.decision.request.requestId
  }
  async function approve(requestId: string, grant?: readonly string[]): Promise<string> {
    const approval = await approveRequest(store, { requestId, grant, from: "console", ...by })
    if (!approval.ok) throw new Error(approval.because)
    return requestId
  }
  const device = () => store.db.device.findUniqueOrThrow({ where: { deviceId: "dev-1" }, include: { tokens: true } })

  it("of a new device ends the role that it gave, and it may ask again", async () => {
    const requestId = await approve(await ask())
    expect(await undoOf(store, requestId, nowMs)).toEqual({
      what: { kind: "role" },
      role: "operator",
      isSeenSince: false,
    })
    expect(await undoApproval(store, { requestId, ...by })).toMatchObject({ ok: true })
    expect((await device()).tokens).toMatchObject([{ revokedAtMs: nowMs }])
    expect(await undoOf(store, requestId, nowMs)).toBeNull()
    expect(await undoApproval(store, { requestId, ...by })).toEqual({ ok: false, because: "nothing-to-change" })
    await ask({ nowMs: nowMs + 1 })
    const entries = await store.db.auditEntry.findMany({ where: { action: "token.revoked" } })
    expect(entries).toMatchObject([{ actorName: "Ada", note: "Undone right after the approval" }])
    expect(entries[0]?.after).toContain(JSON.stringify({ undoes: requestId }).slice(1, -1))
  })

  it("of more scopes takes back those that it added, and nothing of what was approved before", async () => {
    await approve(await ask())
    const requestId = await approve(await ask({ scopes: ["operator.read", "operator.write", "operator.talk"] }), [
      "operator.talk",
    ])
    expect(await undoOf(store, requestId, nowMs)).toMatchObject({
      what: { kind: "scopes", scopes: ["operator.talk"] },
      role: "operator",
    })
    expect(await undoApproval(store, { requestId, ...by })).toMatchObject({ ok: true })
    const { approvedScopes, tokens } = await device()
    expect(approvedScopes).toBe("operator.read")
    const lowered = await store.db.auditEntry.findFirstOrThrow({ where: { action: "device.ceiling-lowered" } })
    expect(lowered.after).toContain(JSON.stringify({ undoes: requestId }).slice(1, -1))
    expect(tokens).toMatchObject([{ revokedAtMs: null, scopes: "operator.read" }])
  })

  it("knows whether the device was seen since", async () => {
    const requestId = await approve(await ask())
    await connectDevice(store, knock({ nowMs: nowMs + 10 }))
    await store.observed.flush()
    expect(await undoOf(store, requestId, nowMs + 20)).toMatchObject({ isSeenSince: true })
  })

  it("is offered for a quarter of an hour, while what was given is in force, for what was approved", async () => {
    const requestId = await approve(await ask())
    expect(await undoOf(store, requestId, nowMs + undoMs)).not.toBeNull()
    expect(await undoOf(store, requestId, nowMs + undoMs + 1)).toBeNull()
    await removeDevice(store, { deviceId: "dev-1", ...by })
    expect(await undoOf(store, requestId, nowMs)).toBeNull()
    expect(await undoOf(store, await ask({ device: "dev-2" }), nowMs)).toBeNull()
    expect(await undoOf(store, "no such request", nowMs)).toBeNull()
  })
})
