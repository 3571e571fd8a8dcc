import { beforeEach, describe, expect, it } from "vitest"
import { approveRequest } from "./approve-request"
import { type ConnectAnswer, type ConnectInput, connectDevice } from "./connect-device"
import type { Change } from "./hub"
import { revokeToken } from "./revoke-token"
import { type RotateTokenInput, rotateToken } from "./rotate-token"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const hourMs = 3_600_000
const readWrite = ["operator.read", "operator.write"]

describe.each(dialects)("tokens on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  async function connect(input: ConnectInput): Promise<ConnectAnswer> {
    const answer = await connectDevice(store, input)
    if (!answer.ok) throw new Error(answer.because)
    return answer
  }

  /** A device with read and write that has used its token. Returns the token's secret. */
  async function paired(): Promise<string> {
    const { token } = await connect(knock({ from: "loopback", scopes: readWrite }))
    if (token === null) throw new Error("expected a token")
    await connect(withToken(token.secret, { scopes: readWrite }))
    return token.secret
  }

  const withToken = (secret: string, more: Parameters<typeof knock>[0] = {}) =>
    knock({ auth: { kind: "device-token", secret }, ...more })

  async function rotated(more: Partial<RotateTokenInput> = {}): Promise<string> {
    const result = await rotateToken(store, {
      ...{ deviceId: "dev-1", role: "operator", mode: { kind: "at-once" }, rememberNarrowing: false },
      ...{ actor: admin, nowMs },
      ...more,
    })
    if (!result.ok) throw new Error(result.because)
    return result.secret
  }

  it("die at once when rotated at once, and the sockets of the role close", async () => {
    const old = await paired()
    const heard: Change[] = []
    store.hub.subscribe((changes) => heard.push(...changes))
    const fresh = await rotated()
    expect(await connect(withToken(old))).toMatchObject({ decision: { kind: "reject", reason: "token-mismatch" } })
    expect(await connect(withToken(fresh))).toMatchObject({ decision: { kind: "allow" }, token: { secret: fresh } })
    await new Promise(setImmediate)
    expect(heard).toContainEqual(
      expect.objectContaining({ kind: "sessions-closed", deviceId: "dev-1", role: "operator" }),
    )
  })

  it("rotated on pickup let the old one in, with the new scopes and the new token, until that is used", async () => {
    const old = await paired()
    const fresh = await rotated({ mode: { kind: "on-pickup" }, scopes: ["operator.read"], rememberNarrowing: true })
    for (const atMs of [nowMs + 1, nowMs + 2]) {
      const answer = await connect(withToken(old, { scopes: readWrite, nowMs: atMs }))
      expect(answer.decision).toMatchObject({ kind: "allow", reason: "predecessor", granted: ["operator.read"] })
      expect(answer.token?.secret).toBe(fresh)
    }
    expect(await connect(withToken(fresh, { nowMs: nowMs + 3 }))).toMatchObject({ decision: { kind: "allow" } })
    const late = await connect(withToken(old, { nowMs: nowMs + 4 }))
    expect(late.decision).toMatchObject({ kind: "reject", reason: "token-mismatch" })
    const row = await store.db.token.findFirstOrThrow()
    expect(row).toMatchObject({ deliveredAtMs: nowMs + 1, usedAtMs: nowMs + 3, predecessors: "[]" })
    const pickups = await store.db.auditEntry.findMany({ where: { action: "token.picked-up", atMs: { gt: nowMs } } })
    expect(pickups).toMatchObject([{ atMs: nowMs + 3 }])
  })

  it("rotated on pickup keep the old one alive for the grace of the settings, to the millisecond", async () => {
    const old = await paired()
    await rotated({ mode: { kind: "on-pickup" } })
    const end = nowMs + 24 * hourMs
    expect(await connect(withToken(old, { nowMs: end }))).toMatchObject({ decision: { reason: "predecessor" } })
    expect(await connect(withToken(old, { nowMs: end + 1 }))).toMatchObject({ decision: { reason: "token-mismatch" } })
  })

  it("keep the last used one through an approval that the device has not noticed yet", async () => {
    const old = await paired()
    const asked = await connect(knock({ scopes: ["operator.approvals"] }))
    if (asked.decision.kind !== "pending") throw new Error("expected a pending request")
    const { requestId } = asked.decision.request
    const approval = await approveRequest(store, { requestId, from: "console", actor: admin, nowMs })
    expect(approval).toMatchObject({ ok: true })
    const answer = await connect(withToken(old, { scopes: readWrite }))
    expect(answer.decision).toMatchObject({ kind: "allow", reason: "predecessor", granted: readWrite })
    if (answer.token === null) throw new Error("expected a token")
    const scopes = [...readWrite, "operator.approvals"]
    expect(await connect(withToken(answer.token.secret, { scopes }))).toMatchObject({ decision: { granted: scopes } })
    expect(await connect(withToken(old))).toMatchObject({ decision: { reason: "token-mismatch" } })
  })

  it("end what came before them when they are first used, also once they are replaced themselves", async () => {
    const first = await paired()
    await rotated({ mode: { kind: "on-pickup" } })
    const second = (await connect(withToken(first, { nowMs: nowMs + 1 }))).token?.secret ?? ""
    const third = await rotated({ mode: { kind: "on-pickup" }, nowMs: nowMs + 2 })
    const used = await connect(withToken(second, { nowMs: nowMs + 3 }))
    expect(used).toMatchObject({ decision: { kind: "allow", reason: "predecessor" }, token: { secret: third } })
    const [entry] = await store.db.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 })
    const { predecessors } = await store.db.token.findFirstOrThrow()
    const [left] = JSON.parse(predecessors)
    expect(entry).toMatchObject({ action: "token.picked-up", atMs: nowMs + 3 })
    expect(entry?.after).toContain(left.tokenId.slice(0, 8))
    expect(await connect(withToken(first, { nowMs: nowMs + 4 }))).toMatchObject({
      decision: { reason: "token-mismatch" },
    })
    await connect(withToken(second, { nowMs: nowMs + 5 }))
    expect(await store.db.auditEntry.count({ where: { atMs: { gt: nowMs + 3 } } })).toBe(0)
  })

  it("narrowed in the console forgive asking for more; narrowed over the wire do not", async () => {
    await paired()
    const strict = await rotated({ scopes: ["operator.read"] })
    const refused = await connect(withToken(strict, { scopes: readWrite }))
    expect(refused.decision).toMatchObject({ kind: "reject", reason: "token-scope-mismatch" })
    await rotated({ scopes: readWrite })
    await rotated({ scopes: ["operator.read"], rememberNarrowing: true })
    const forgiving = await rotated()
    const narrowed = await connect(withToken(forgiving, { scopes: readWrite }))
    expect(narrowed.decision).toMatchObject({ kind: "allow", reason: "narrowed-left-out", granted: ["operator.read"] })
  })

  it("rotated to fewer scopes leave the ceiling alone, so the shared secret still reaches all of it", async () => {
    await paired()
    await rotated({ scopes: ["operator.read"] })
    expect(await store.db.device.findMany()).toMatchObject([
      { approvedScopes: "operator.read operator.write", isNarrowed: true },
    ])
    const answer = await connect(knock({ scopes: readWrite }))
    expect(answer.decision).toMatchObject({ kind: "allow", reason: "within-ceiling", granted: readWrite })
    expect(await store.db.device.findMany()).toMatchObject([{ isNarrowed: false }])
    expect(await store.db.auditEntry.count({ where: { action: "token.issued" } })).toBe(1)
  })

  it("once revoked are brought back by nothing but an approval", async () => {
    const old = await paired()
    const revocation = { deviceId: "dev-1", role: "operator", actor: admin, nowMs } as const
    expect(await revokeToken(store, revocation)).toMatchObject({ ok: true })
    expect(await revokeToken(store, revocation)).toMatchObject({ ok: false, because: "nothing-to-change" })
    expect(await store.db.device.findMany()).toMatchObject([{ isRevoked: true }])
    expect(await connect(withToken(old))).toMatchObject({ decision: { reason: "token-revoked" }, token: null })
    const asked = await connect(knock({ from: "loopback" }))
    expect(asked.decision).toMatchObject({ kind: "pending", reason: "role-upgrade", manual: "role-revoked" })
  })

  it("of one device and role open nothing for another", async () => {
    const secret = await paired()
    await connect(knock({ device: "dev-2", from: "loopback" }))
    const stolen = await connect(withToken(secret, { device: "dev-2" }))
    expect(stolen.decision).toMatchObject({ kind: "reject", reason: "token-mismatch" })
    const asNode = await connect(withToken(secret, { role: "node", scopes: [] }))
    expect(asNode.decision).toMatchObject({ kind: "reject", reason: "token-mismatch" })
  })

  it("are not in the database, in no form", async () => {
    const secret = await paired()
    await store.observed.flush()
    const { device, token, connectAttempt, auditEntry, setting } = store.db
    const everything = JSON.stringify([
      ...[await device.findMany(), await token.findMany(), await connectAttempt.findMany()],
      ...[await auditEntry.findMany(), await setting.findMany()],
    ])
    expect(everything).toContain("dev-1")
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(Buffer.from(secret, "base64url").toString("hex"))
  })
})
