import { beforeEach, describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { approveRequest } from "./approve-request"
import { connectDevice } from "./connect-device"
import { rejectRequest } from "./reject-request"
import { revokeToken } from "./revoke-token"
import { rotateToken } from "./rotate-token"
import type { Store } from "./store"
import { dialects, openStoreAt, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const person = (index: number) => ({ ...admin, id: `admin-${index}`, name: `Admin ${index}` })

/** Four stores on one database: a pool each on PostgreSQL, a connection for writing each on SQLite, as four processes. */
describe.each(dialects)("races on %s, from four processes", (dialect) => {
  let stores: readonly [Store, Store, Store, Store]
  beforeEach(async () => {
    const location = await testLocation(dialect)
    const open = () => openStoreAt(location)
    stores = [await open(), await open(), await open(), await open()]
  })
  const any = (index: number) => stores[index % 4] ?? stores[0]

  async function file(scopes = ["operator.read"], atMs = nowMs): Promise<string> {
    const answer = await connectDevice(stores[0], knock({ scopes, nowMs: atMs }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("expected a pending request")
    return answer.decision.request.requestId
  }

  it("lets one of twenty approvers win, and tells the others who and when", async () => {
    const requestId = await file()
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const input = { requestId, from: "console", actor: person(index), nowMs: nowMs + index } as const
        return approveRequest(any(index), input)
      }),
    )
    const winner = results.findIndex((result) => result.ok)
    const losers = results.filter((result) => !result.ok)
    expect(losers).toHaveLength(19)
    for (const loser of losers) {
      expect(loser).toMatchObject({
        because: "already-resolved",
        end: { status: "approved", byName: `Admin ${winner}`, byId: `admin-${winner}`, atMs: nowMs + winner },
      })
    }
    expect(await stores[0].db.token.count()).toBe(1)
    expect(await stores[0].db.auditEntry.count({ where: { action: "request.approved" } })).toBe(1)
  })

  it("never both approves and rejects", async () => {
    for (let round = 0; round < 5; round++) {
      const requestId = await file(["operator.read", `operator.x${round}`])
      const [approved, rejected] = await Promise.all([
        approveRequest(stores[0], { requestId, from: "console", actor: person(1), nowMs }),
        rejectRequest(stores[1], { requestId, actor: person(2), nowMs }),
      ])
      expect([approved.ok, rejected.ok].filter(Boolean)).toHaveLength(1)
      const row = await stores[0].db.request.findUniqueOrThrow({ where: { requestId } })
      expect(row.status).toBe(approved.ok ? "approved" : "rejected")
    }
  })

  it("approves what was shown or nothing, while the device replaces its request", async () => {
    for (let round = 0; round < 5; round++) {
      const requestId = await file([`operator.a${round}`])
      const [approved, answer] = await Promise.all([
        approveRequest(stores[0], { requestId, from: "wire", actor: person(1), nowMs }),
        connectDevice(stores[1], knock({ scopes: [`operator.b${round}`], nowMs })),
      ])
      const rows = await stores[0].db.request.findMany({ where: { scopes: { contains: `${round}` } } })
      const ended = rows.find((row) => row.requestId === requestId)
      if (approved.ok) expect(ended).toMatchObject({ status: "approved", granted: `operator.a${round}` })
      else {
        expect(approved).toMatchObject({ because: "already-resolved", end: { status: "superseded" } })
        expect(ended?.supersededBy).toBe(rows.find((row) => row.requestId !== requestId)?.requestId)
      }
      expect(answer).toMatchObject({ decision: { kind: "pending", filed: "new" } })
      const device = await stores[0].db.device.findUnique({ where: { deviceId: "dev-1" } })
      expect(device?.approvedScopes ?? "").not.toContain(`operator.b${round}`)
    }
  })

  it("never approves what expired, whoever comes first", async () => {
    const late = nowMs + seedPolicy.pendingTtlMs + 1
    const requestId = await file()
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0
          ? approveRequest(any(index), { requestId, from: "console", actor: person(index), nowMs: late })
          : connectDevice(any(index), knock({ nowMs: late })),
      ),
    )
    for (const result of results.filter((_, index) => index % 2 === 0)) {
      expect(result).toMatchObject({ ok: false, because: "already-resolved", end: { status: "expired" } })
    }
    expect(await stores[0].db.device.count()).toBe(0)
    const rows = await stores[0].db.request.findMany({ orderBy: { filedAtMs: "asc" } })
    expect(rows).toMatchObject([
      { requestId, status: "expired", endedAtMs: nowMs + seedPolicy.pendingTtlMs },
      { status: "pending", tries: 5 },
    ])
    expect(await stores[0].db.auditEntry.count({ where: { action: "request.expired" } })).toBe(1)
  })

  it("approves exactly at the limit, and not a millisecond later", async () => {
    const requestId = await file()
    const atLimit = nowMs + seedPolicy.pendingTtlMs
    const input = { requestId, from: "console", actor: admin } as const
    expect(await approveRequest(stores[0], { ...input, nowMs: atLimit + 1 })).toMatchObject({ ok: false })
    const other = await connectDevice(stores[0], knock({ device: "dev-2", nowMs }))
    if (!other.ok || other.decision.kind !== "pending") throw new Error("expected a pending request")
    const inTime = { ...input, requestId: other.decision.request.requestId, nowMs: atLimit }
    expect(await approveRequest(stores[0], inTime)).toMatchObject({ ok: true })
  })

  it("ends with a dead token when rotate and revoke meet", async () => {
    for (let round = 0; round < 5; round++) {
      const device = `dev-race-${round}`
      await connectDevice(stores[0], knock({ device, from: "loopback", nowMs }))
      const [rotated, revoked] = await Promise.all([
        rotateToken(stores[0], {
          ...{ deviceId: device, role: "operator", rememberNarrowing: false, actor: person(1), nowMs },
          mode: { kind: "at-once" },
        }),
        revokeToken(stores[1], { deviceId: device, role: "operator", actor: person(2), nowMs }),
      ])
      expect(revoked).toMatchObject({ ok: true })
      if (!rotated.ok) expect(rotated.because).toBe("token-revoked")
      const token = await stores[0].db.token.findFirstOrThrow({ where: { deviceId: device } })
      expect(token).toMatchObject({ revokedAtMs: nowMs, predecessors: "[]" })
      if (rotated.ok) {
        const auth = { kind: "device-token", secret: rotated.secret } as const
        const answer = await connectDevice(stores[0], knock({ device, auth, nowMs }))
        expect(answer).toMatchObject({ decision: { kind: "reject", reason: "token-revoked" } })
      }
    }
  })

  it("files one request for many connects of one new device", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => connectDevice(any(index), knock())))
    const ids = answers.map((answer) => {
      return answer.ok && answer.decision.kind === "pending" ? answer.decision.request.requestId : "none"
    })
    expect(new Set(ids).size).toBe(1)
    expect(await stores[0].db.request.findMany()).toMatchObject([{ requestId: ids[0], tries: 12 }])
    expect(await stores[0].db.auditEntry.count()).toBe(1)
  })

  it("pairs one device once for two silent connects, with one token that both are handed", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => connectDevice(any(index), knock({ from: "loopback" }))),
    )
    const secrets = answers.map((answer) => (answer.ok ? answer.token?.secret : undefined))
    expect(new Set(secrets).size).toBe(1)
    const kinds = answers.map((answer) => (answer.ok ? answer.decision.kind : "none")).sort()
    expect(kinds).toEqual([...Array.from({ length: 7 }, () => "allow"), "silent-approve"])
    expect(await stores[0].db.device.count()).toBe(1)
    expect(await stores[0].db.auditEntry.count()).toBe(1)
  })

  it("holds the limit of one address exactly, when many devices come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => connectDevice(any(index), knock({ device: `dev-${index}` }))),
    )
    expect(answers.filter((answer) => !answer.ok)).toHaveLength(8)
    expect(await stores[0].db.request.count()).toBe(32)
  })
})
