import { describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { dialects, openTestStore } from "./testing"
import { knock } from "./testing-connect"

describe.each(dialects)("connecting on %s", (dialect) => {
  it("files a request of a stranger on the network, once", async () => {
    const store = await openTestStore(dialect)
    const first = await connectDevice(store, knock())
    const again = await connectDevice(store, knock({ nowMs: 1_005_000 }))
    expect(first).toMatchObject({ ok: true, decision: { kind: "pending", filed: "new" }, token: null })
    expect(again).toMatchObject({ decision: { kind: "pending", filed: "refreshed", request: { tries: 2 } } })
    const rows = await store.db.request.findMany()
    expect(rows).toMatchObject([{ status: "pending", tries: 2, address: "192.168.1.20", triedAtMs: 1_005_000 }])
    expect(await store.db.auditEntry.findMany()).toMatchObject([{ action: "request.filed", deviceId: "dev-1" }])
  })

  it("lets a local stranger in silently, with a token, and says so", async () => {
    const store = await openTestStore(dialect)
    const answer = await connectDevice(store, knock({ from: "loopback" }))
    expect(answer).toMatchObject({ decision: { kind: "silent-approve", lane: "local" } })
    const device = await store.db.device.findUniqueOrThrow({
      where: { deviceId: "dev-1" },
      include: { tokens: true, scopes: true, terms: true },
    })
    expect(device).toMatchObject({ isSilent: true, isNarrowed: false, sortName: "laptop", approvedVia: "local" })
    expect(device.tokens).toMatchObject([{ role: "operator", scopes: "operator.read", issuedHow: "silent" }])
    expect(device.scopes).toHaveLength(2)
    expect(device.terms.map((row) => row.term)).toContain("role:operator")
    expect(await store.db.auditEntry.findMany()).toMatchObject([{ action: "device.approved-silently" }])
    expect(await store.db.scopeChange.findMany()).toMatchObject([{ silent: true }, { silent: true }])
  })

  it("names the requests that a silent grant covers in its entry, and says nothing where there are none", async () => {
    const store = await openTestStore(dialect)
    const filed = await connectDevice(store, knock())
    if (!filed.ok || filed.decision.kind !== "pending") throw new Error("expected a pending request")
    const { requestId } = filed.decision.request
    await connectDevice(store, knock({ from: "loopback" }))
    await connectDevice(store, knock({ from: "loopback", scopes: ["operator.write"] }))
    expect(await store.db.request.findUnique({ where: { requestId } })).toMatchObject({ status: "covered" })
    const where = { action: "device.approved-silently" }
    const [first, second] = await store.db.auditEntry.findMany({ where, orderBy: { id: "asc" } })
    expect(JSON.parse(first?.after ?? "")).toMatchObject({ covered: [requestId] })
    expect(JSON.parse(second?.after ?? "")).not.toHaveProperty("covered")
  })

  it("writes nothing in line for a plain reconnect, and hands over the same token", async () => {
    const store = await openTestStore(dialect)
    const first = await connectDevice(store, knock({ from: "loopback" }))
    if (!first.ok || first.token === null) throw new Error("expected a token")
    const auth = { kind: "device-token", secret: first.token.secret } as const
    await connectDevice(store, knock({ auth, nowMs: 1_001_000 }))
    const before = [await store.db.device.findMany(), await store.db.token.findMany()]
    const again = await connectDevice(store, knock({ auth, nowMs: 1_002_000 }))
    expect(again).toMatchObject({ decision: { kind: "allow", reason: "within-ceiling" }, token: first.token })
    expect([await store.db.device.findMany(), await store.db.token.findMany()]).toEqual(before)
    await store.observed.flush()
    const device = await store.db.device.findUnique({ where: { deviceId: "dev-1" }, include: { tokens: true } })
    expect(device).toMatchObject({ lastSeenAtMs: 1_002_000, lastAddress: "192.168.1.20" })
    expect(device).toMatchObject({ operatorUsedAtMs: 1_002_000, nodeUsedAtMs: null, allowDay: 0, allowCount: 2 })
  })

  it("counts a first use of a token as a command with an audit entry, and the second one not", async () => {
    const store = await openTestStore(dialect)
    const first = await connectDevice(store, knock({ from: "loopback" }))
    if (!first.ok || first.token === null) throw new Error("expected a token")
    const auth = { kind: "device-token", secret: first.token.secret } as const
    for (const nowMs of [1_001_000, 1_002_000]) await connectDevice(store, knock({ auth, nowMs }))
    const entries = await store.db.auditEntry.findMany({ where: { action: "token.picked-up" } })
    expect(entries).toMatchObject([{ atMs: 1_001_000, actorKind: "device" }])
  })

  it("refuses a wrong token, leaves a count and nothing else", async () => {
    const store = await openTestStore(dialect)
    await connectDevice(store, knock({ from: "loopback" }))
    const entries = await store.db.auditEntry.count()
    const answer = await connectDevice(store, knock({ auth: { kind: "device-token", secret: "x".repeat(43) } }))
    expect(answer).toMatchObject({ decision: { kind: "reject", reason: "token-mismatch" }, token: null })
    await store.observed.flush()
    expect(await store.db.refusalCount.findMany()).toMatchObject([
      { reason: "token-mismatch", prefix: "192.168.1.20", count: 1 },
    ])
    expect(await store.db.connectAttempt.findMany({ where: { outcome: "reject" } })).toEqual([])
    expect(await store.db.auditEntry.count()).toBe(entries)
  })

  it("folds repeated attempts into one row, with the facts and no secret", async () => {
    const store = await openTestStore(dialect)
    const headers = { cookie: "secret", "x-forwarded-for": "10.0.0.9" }
    for (const nowMs of [1_000_000, 1_001_000]) {
      await connectDevice(store, { ...knock({ nowMs }), net: { ...knock().net, headers } })
    }
    await store.observed.flush()
    await connectDevice(store, { ...knock({ nowMs: 1_002_000 }), net: { ...knock().net, headers } })
    await store.observed.flush()
    const attempts = await store.db.connectAttempt.findMany()
    expect(attempts).toMatchObject([{ count: 3, outcome: "pending", lastAtMs: 1_002_000, firstAtMs: 1_000_000 }])
    expect(attempts[0]?.facts).toContain("10.0.0.9")
    expect(attempts[0]?.facts).not.toContain("secret")
  })

  it("keeps what it observes when a device reports another platform, with an audit entry", async () => {
    const store = await openTestStore(dialect)
    await connectDevice(store, knock({ from: "loopback" }))
    const metadata = { ...knock().metadata, platform: "darwin" }
    for (const nowMs of [2_000_000, 2_000_001]) await connectDevice(store, knock({ metadata, nowMs }))
    const entries = await store.db.auditEntry.findMany({ where: { action: "device.metadata-changed" } })
    expect(entries).toHaveLength(1)
    expect(await store.db.device.findMany()).toMatchObject([{ platform: "darwin" }])
  })

  it("audits the machine's own command line, and leaves no device", async () => {
    const store = await openTestStore(dialect)
    const answer = await connectDevice(store, knock({ identity: null, from: "loopback" }))
    expect(answer).toMatchObject({ decision: { kind: "allow", reason: "local-command-line" }, token: null })
    expect(await store.db.auditEntry.findMany()).toMatchObject([{ action: "connect.local-command-line" }])
    expect(await store.db.device.count()).toBe(0)
  })

  it("files no more requests of one address than the limit, and says so as a value", async () => {
    const store = await openTestStore(dialect)
    const answers = []
    for (let index = 0; index < 33; index++) answers.push(await connectDevice(store, knock({ device: `dev-${index}` })))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(32)
    expect(answers[32]).toMatchObject({ ok: false, because: "overloaded" })
    expect(await connectDevice(store, knock({ device: "dev-0", scopes: ["operator.write"] }))).toMatchObject({
      ok: true,
    })
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(32)
  })
})
