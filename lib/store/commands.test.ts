import { beforeEach, describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { approveRequest } from "./approve-request"
import { blockDevice } from "./block-device"
import { changePolicy } from "./change-policy"
import { type ConnectAnswer, connectDevice } from "./connect-device"
import { lookTerm } from "./lookalike"
import { lowerCeiling } from "./lower-ceiling"
import { noteDevice } from "./note-device"
import { rejectRequest } from "./reject-request"
import { removeDevice } from "./remove-device"
import { renameDevice } from "./rename-device"
import { reopenRequest } from "./reopen-request"
import { digestOf } from "./request-digest"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import type { Store } from "./store"
import { takeBackSilent } from "./take-back-silent"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"
import { unblockDevice } from "./unblock-device"

const nowMs = 1_000_000
const by = { deviceId: "dev-1", actor: admin, nowMs }

describe.each(dialects)("commands on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  async function connect(more: Parameters<typeof knock>[0] = {}): Promise<ConnectAnswer> {
    const answer = await connectDevice(store, knock(more))
    if (!answer.ok) throw new Error(answer.because)
    return answer
  }

  async function file(more: Parameters<typeof knock>[0] = {}) {
    const { decision, record } = await connect(more)
    if (decision.kind !== "pending") throw new Error("expected a pending request")
    return { requestId: decision.request.requestId, digest: digestOf(record, decision.request) }
  }

  const pair = () => connect({ from: "loopback", scopes: ["operator.read", "operator.write"] })
  const device = () => store.db.device.findUnique({ where: { deviceId: "dev-1" } })

  /** The actions that the audit log gained while something ran. */
  async function entriesOf(work: () => Promise<unknown>): Promise<string[]> {
    const before = await store.db.auditEntry.count()
    await work()
    const entries = await store.db.auditEntry.findMany({ orderBy: { id: "asc" }, skip: before })
    return entries.map((entry) => entry.action)
  }

  it("write one audit entry for a change, and none when they refuse", async () => {
    await pair()
    const { requestId } = await file({ role: "node", scopes: [] })
    const rotation = { ...by, role: "operator", mode: { kind: "at-once" }, rememberNarrowing: false } as const
    const commands = [
      [() => approveRequest(store, { ...by, requestId, from: "console" }), "request.approved"],
      [() => noteDevice(store, { ...by, note: "in the hall" }), "device.note-changed"],
      [() => renameDevice(store, { ...by, label: "Hall" }), "device.renamed"],
      [() => takeBackSilent(store, { ...by, scopes: ["operator.write"] }), "device.silent-taken-back"],
      [() => blockDevice(store, by), "device.blocked"],
      [() => unblockDevice(store, by), "device.unblocked"],
      [() => revokeToken(store, { ...by, role: "operator" }), "token.revoked"],
      [() => removeDevice(store, by), "device.removed"],
    ] as const
    expect(await entriesOf(() => rotateToken(store, rotation))).toEqual(["token.rotated"])
    for (const [run, action] of commands) {
      expect(await entriesOf(async () => expect(await run()).toMatchObject({ ok: true }))).toEqual([action])
      expect(await entriesOf(async () => expect(await run()).toMatchObject({ ok: false })), action).toEqual([])
    }
    expect(await entriesOf(() => rotateToken(store, rotation))).toEqual([])
    expect(await entriesOf(() => lowerCeiling(store, { ...by, remove: ["operator.read"] }))).toEqual([])
  })

  it("approve what was shown, by its digest, and nothing that changed since", async () => {
    const shown = await file()
    await connect({ nowMs: nowMs + 1 })
    const other = await file({ scopes: ["operator.admin"], nowMs: nowMs + 2 })
    const input = { from: "console", actor: admin, nowMs: nowMs + 3 } as const
    const outdated = await approveRequest(store, { ...input, requestId: other.requestId, digest: shown.digest })
    expect(outdated).toMatchObject({ ok: false, because: "request-changed" })
    expect(await device()).toBeNull()
    expect(await approveRequest(store, { ...input, ...shown })).toMatchObject({
      because: "already-resolved",
      end: { status: "superseded", byName: "Laptop", supersededBy: other.requestId },
    })
    expect(await approveRequest(store, { ...input, ...other })).toMatchObject({ ok: true })
  })

  it("approve in part: the rest is withheld, shown as declined, and does not come back as a request", async () => {
    const { requestId } = await file({ scopes: ["operator.read", "operator.admin"] })
    const grant = ["operator.read"]
    const input = { requestId, from: "console", grant, note: "read is enough", actor: admin, nowMs } as const
    expect(await approveRequest(store, input)).toMatchObject({ ok: true, withheld: ["operator.admin"] })
    expect(await device()).toMatchObject({ approvedScopes: "operator.read", withheld: "operator.admin" })
    expect(await store.db.request.findMany()).toMatchObject([
      {
        ...{ status: "approved", granted: "operator.read", withheld: "operator.admin" },
        ...{ endedByName: "Ada", endNote: "read is enough", endedAtMs: nowMs },
      },
    ])
    const changes = await store.db.scopeChange.findMany({ where: { scope: "operator.admin" } })
    expect(changes.map(({ change }) => change).sort()).toEqual(["asked", "declined", "withheld"])
    expect((await connect({ scopes: ["operator.read", "operator.admin"] })).decision).toMatchObject({ kind: "allow" })
  })

  it("reject with a hold, and reopen under the old id", async () => {
    const { requestId } = await file()
    expect(await rejectRequest(store, { ...by, requestId, note: "who is this?" })).toMatchObject({ ok: true })
    expect((await connect()).decision).toMatchObject({ kind: "reject", reason: "rejected" })
    expect(await reopenRequest(store, { ...by, requestId })).toMatchObject({ ok: true, restored: { requestId } })
    expect(await store.db.request.findMany()).toMatchObject([
      { requestId, status: "pending", endedAtMs: null, heldUntilMs: null },
    ])
    expect((await connect()).decision).toMatchObject({ kind: "pending", filed: "refreshed" })
    expect(await reopenRequest(store, { ...by, requestId })).toMatchObject({ ok: false, because: "not-found" })
  })

  it("reject a wider ask: what the device holds already is not declined with it", async () => {
    await pair()
    const { requestId } = await file({ scopes: ["operator.read", "operator.admin"] })
    expect(await rejectRequest(store, { ...by, requestId })).toMatchObject({ ok: true })
    const declined = await store.db.scopeChange.findMany({ where: { change: "declined" } })
    expect(declined.map(({ scope }) => scope)).toEqual(["operator.admin"])
  })

  it("block a stranger and a device, keep the rights, and outlive the removal", async () => {
    await pair()
    const { requestId } = await file({ role: "node", scopes: [] })
    expect(await blockDevice(store, { ...by, note: "stolen" })).toMatchObject({ ok: true })
    expect(await store.db.request.findUnique({ where: { requestId } })).toMatchObject({ status: "dropped" })
    expect((await connect()).decision).toMatchObject({ kind: "reject", reason: "blocked" })
    expect(await device()).toMatchObject({ isBlocked: true, approvedScopes: "operator.read operator.write" })
    expect(await unblockDevice(store, by)).toMatchObject({ ok: true })
    expect((await connect()).decision).toMatchObject({ kind: "allow" })
    await blockDevice(store, by)
    await removeDevice(store, by)
    expect((await connect({ from: "loopback" })).decision).toMatchObject({ kind: "reject", reason: "blocked" })
    const stranger = { ...by, deviceId: "dev-2", publicKey: "key of dev-2" }
    expect(await blockDevice(store, { ...by, deviceId: "dev-3" })).toMatchObject({ because: "unknown-device-or-role" })
    expect(await blockDevice(store, stranger)).toMatchObject({ ok: true })
    const answer = await connect({ device: "dev-2", from: "loopback" })
    expect(answer.decision).toMatchObject({ kind: "reject", reason: "blocked" })
  })

  it("lower the ceiling: tokens shrink, and no rule brings it back", async () => {
    await pair()
    const lowered = await lowerCeiling(store, { ...by, remove: ["operator.write"] })
    expect(lowered).toMatchObject({ ok: true, removed: ["operator.write"], roles: ["operator"] })
    expect(await device()).toMatchObject({ approvedScopes: "operator.read", withheld: "operator.write" })
    expect(await store.db.deviceScope.findMany()).toHaveLength(2)
    const again = await connect({ from: "loopback", scopes: ["operator.write"] })
    expect(again.decision).toMatchObject({ kind: "allow", granted: ["operator.read"] })
  })

  it("rename: the label leads the order and is found by search, the device's own name too", async () => {
    await pair()
    await renameDevice(store, { ...by, label: "Kitchen-Tablet 2" })
    expect(await device()).toMatchObject({ label: "Kitchen-Tablet 2", sortName: "kitchen-tablet 2" })
    const terms = (await store.db.deviceTerm.findMany()).map((row) => row.term)
    expect(terms).toEqual(expect.arrayContaining(["kitchen-tablet", "tablet", "2", "laptop", "dev-1", "linux"]))
    await renameDevice(store, { ...by, label: null })
    expect(await device()).toMatchObject({ label: null, sortName: "laptop" })
    expect(await store.db.deviceTerm.count({ where: { term: lookTerm("LAPT0P") ?? "" } })).toBe(1)
    expect(await store.db.deviceTerm.count({ where: { term: "tablet" } })).toBe(0)
  })

  it("keep a session of one device away from another", async () => {
    await pair()
    const authority = { scopes: ["operator.pairing", "operator.read"], deviceId: "dev-9" }
    const wire = { kind: "wire", name: "phone", deviceId: "dev-9", authority, standing: null } as const
    const foreign = { deviceId: "dev-1", actor: wire, nowMs }
    expect(await removeDevice(store, foreign)).toMatchObject({ because: "not-own-device" })
    expect(await renameDevice(store, { ...foreign, label: "mine" })).toMatchObject({ because: "not-own-device" })
    expect(await revokeToken(store, { ...foreign, role: "operator" })).toMatchObject({ because: "not-own-device" })
  })

  it("change the policy as versions; of two that change the same one, one is told so", async () => {
    const stricter = { ...seedPolicy, localPairing: "manual" } as const
    const change = { policy: stricter, version: 0, note: "visitors", actor: admin, nowMs }
    expect(await changePolicy(store, change)).toEqual({ ok: true, version: 1 })
    expect(await changePolicy(store, change)).toEqual({ ok: false, because: "already-resolved", version: 1 })
    expect(await changePolicy(store, { ...change, version: 1 })).toMatchObject({ because: "nothing-to-change" })
    const wide = { ...stricter, nodeAutoApproveCidrs: ["0.0.0.0/0"] }
    expect(await changePolicy(store, { ...change, version: 1, policy: wide })).toMatchObject({
      because: "invalid-policy",
    })
    expect((await connect({ from: "loopback" })).decision).toMatchObject({ kind: "pending" })
    expect((await store.policy()).written).toEqual(stricter)
    const [entry] = await store.db.auditEntry.findMany({ where: { action: "policy.changed" } })
    expect([entry?.before, entry?.after]).toEqual(['{"localPairing":"silent"}', '{"localPairing":"manual"}'])
  })
})
