import { beforeEach, describe, expect, it } from "vitest"
import type { Scopes } from "@/lib/pairing/types"
import { approveRequest } from "./approve-request"
import { connectDevice } from "./connect-device"
import { extendGrant } from "./extend-grant"
import type { Change } from "./hub"
import { lowerCeiling } from "./lower-ceiling"
import { recordEndedGrants } from "./record-ended-grants"
import { revokeToken } from "./revoke-token"
import type { Store } from "./store"
import { dialects, openStoreAt, testLocation } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const endMs = nowMs + 3_600_000
const dayMs = 86_400_000
const [read, adminScope] = ["operator.read", "operator.admin"] as const

describe.each(dialects)("what is granted for a time, on %s", (dialect) => {
  let store: Store
  let others: readonly Store[]
  let changes: Change[]
  beforeEach(async () => {
    const location = await testLocation(dialect)
    store = await openStoreAt(location)
    others = [await openStoreAt(location), await openStoreAt(location)]
    changes = []
    store.hub.subscribe((told) => changes.push(...told))
  })

  async function approve(over: Parameters<typeof knock>[0], untilMs: number | null): Promise<string> {
    const answer = await connectDevice(store, knock(over))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("expected a pending request")
    const { requestId } = answer.decision.request
    const atMs = over?.nowMs ?? nowMs
    const approval = await approveRequest(store, { requestId, from: "console", untilMs, actor: admin, nowMs: atMs })
    expect(approval.ok).toBe(true)
    return requestId
  }
  const row = () => store.db.device.findUniqueOrThrow({ where: { deviceId: "dev-1" }, include: { tokens: true } })
  const entries = (action: string) => store.db.auditEntry.findMany({ where: { action } })
  async function boxed(scopes: Scopes = [read, adminScope]) {
    await approve({}, null)
    return approve({ scopes }, endMs)
  }
  const extend = (over: { atMs?: number; untilMs?: number | null; shownRevision: number }, by = store) => {
    const { atMs = nowMs, ...more } = over
    return extendGrant(by, {
      ...{ deviceId: "dev-1", names: [adminScope], untilMs: endMs + dayMs, actor: admin, nowMs: atMs },
      ...more,
    })
  }

  it("is kept with the device, with the request and in the history, and told", async () => {
    const requestId = await boxed()
    expect(await row()).toMatchObject({
      ends: JSON.stringify({ [adminScope]: endMs }),
      nextEndMs: endMs,
      endsSoon: true,
    })
    const request = await store.db.request.findUniqueOrThrow({ where: { requestId } })
    expect(request).toMatchObject({ status: "approved", grantedUntilMs: endMs })
    const history = await store.db.scopeChange.findMany({ where: { change: "approved" }, orderBy: { scope: "asc" } })
    expect(history).toMatchObject([
      { scope: adminScope, untilMs: endMs },
      { scope: read, untilMs: null },
    ])
    const [, entry] = await entries("request.approved")
    expect(JSON.parse(entry?.after ?? "")).toMatchObject({ untilMs: endMs, granted: [read, adminScope] })
  })

  it("is ended once, at its instant, by whichever of several processes comes first", async () => {
    await boxed()
    expect(await recordEndedGrants(store, endMs)).toBe(0)
    await Promise.all([store, ...others, store].map((each) => recordEndedGrants(each, endMs + 700)))
    expect(await recordEndedGrants(store, endMs + 700)).toBe(0)

    const device = await row()
    expect(device).toMatchObject({ approvedScopes: read, nextEndMs: null, endsSoon: false, withheld: "" })
    expect(device.tokens).toMatchObject([{ scopes: read, revokedAtMs: null }])
    expect(await store.db.deviceScope.findMany({ where: { scope: adminScope } })).toEqual([])
    const ended = await entries("device.grant-ended")
    expect(ended).toMatchObject([{ actorKind: "system", actorName: "end date", atMs: endMs + 700, deviceId: "dev-1" }])
    expect(JSON.parse(ended[0]?.after ?? "")).toMatchObject({ ended: [adminScope], approvedScopes: [read] })
    const history = await store.db.scopeChange.findMany({ where: { change: "ended" } })
    expect(history).toMatchObject([{ scope: adminScope, atMs: endMs, actorName: "end date", entryId: ended[0]?.id }])
  })

  it("closes the sockets of the role that lost something, and tells the pages", async () => {
    await boxed()
    await recordEndedGrants(store, endMs + 1)
    const because = "what was granted for a time has ended"
    await expect
      .poll(() => changes)
      .toContainEqual({ kind: "sessions-closed", deviceId: "dev-1", role: "operator", because })
    expect(changes.at(-2)).toEqual({ kind: "device", deviceId: "dev-1", what: "rights" })
  })

  it("is over for whoever connects, before anything wrote so, and on this machine too", async () => {
    await boxed()
    const again = await connectDevice(store, knock({ scopes: [adminScope], from: "loopback", nowMs: endMs + 1 }))
    const pending = { kind: "pending", reason: "scope-upgrade", manual: "grant-ended", missing: [adminScope] }
    expect(again).toMatchObject({ decision: pending })
    // The same connect wrote the end first.
    expect(await entries("device.grant-ended")).toHaveLength(1)
    expect(await row()).toMatchObject({ approvedScopes: read })
    const plain = await connectDevice(store, knock({ nowMs: endMs + 2 }))
    expect(plain).toMatchObject({ decision: { kind: "allow", granted: [read] } })
  })

  it("ends a role that was let in for a time, a node too, and its key with the gateway behind", async () => {
    await approve({ role: "node", scopes: [] }, endMs)
    const key = { upstreamId: "u", deviceId: "dev-1", publicKey: "p", sealedKey: "s", createdAtMs: nowMs }
    await store.db.nodeKey.create({ data: key })
    await recordEndedGrants(store, endMs + 1)
    expect((await row()).tokens).toMatchObject([{ role: "node", revokedAtMs: endMs }])
    expect(await row()).toMatchObject({ isRevoked: true, nextEndMs: null })
    expect(await store.db.nodeKey.findFirst()).toMatchObject({ removedAtMs: endMs, sealedKey: "" })
    const again = await connectDevice(store, knock({ role: "node", scopes: [], from: "loopback", nowMs: endMs + 2 }))
    expect(again).toMatchObject({ decision: { kind: "pending", reason: "role-upgrade" } })
  })

  it("ends one by one, each with an entry of its own, however late it is written", async () => {
    await boxed()
    await approve({ role: "node", scopes: [], nowMs: nowMs + 2 }, endMs + 5_000)
    const { revision } = await row()
    await recordEndedGrants(store, endMs + dayMs)
    expect((await entries("device.grant-ended")).map(({ after }) => JSON.parse(after ?? "").ended)).toEqual([
      [adminScope],
      ["node"],
    ])
    expect(await row()).toMatchObject({ revision: revision + 2 })
  })

  it("is extended with an entry, or not at all", async () => {
    await boxed()
    const { revision } = await row()
    expect(await extend({ shownRevision: revision - 1 })).toMatchObject({ because: "rights-changed" })
    expect(await extend({ shownRevision: revision, untilMs: endMs })).toMatchObject({ because: "nothing-to-change" })
    expect(await entries("device.grant-extended")).toEqual([])
    expect(await extend({ shownRevision: revision })).toMatchObject({ ok: true })
    expect(await row()).toMatchObject({ nextEndMs: endMs + dayMs, revision: revision + 1 })
    const history = { where: { change: "extended" } }
    expect(await store.db.scopeChange.findMany(history)).toMatchObject([{ scope: adminScope, untilMs: endMs + dayMs }])
    expect(await extend({ shownRevision: revision + 1, untilMs: null })).toMatchObject({ ok: true })
    expect(await row()).toMatchObject({ ends: "{}", nextEndMs: null, endsSoon: false })
    expect(await recordEndedGrants(store, endMs + 9 * dayMs)).toBe(0)
    const [first, last] = await entries("device.grant-extended")
    expect(JSON.parse(first?.after ?? "")).toMatchObject({ extended: [adminScope], untilMs: endMs + dayMs })
    expect(JSON.parse(last?.after ?? "")).toMatchObject({ untilMs: null, ends: [] })
  })

  it("is either extended or ended, by whoever is first at its last instant", async () => {
    await approve({}, null)
    for (let round = 0; round < 4; round++) {
      const atMs = nowMs + round * dayMs
      await approve({ scopes: [read, adminScope], nowMs: atMs }, atMs + 1_000)
      const { revision } = await row()
      const [extended] = await Promise.all([
        extend({ shownRevision: revision, atMs: atMs + 1_000, untilMs: atMs + 2_000 }, others[0]),
        recordEndedGrants(store, atMs + 1_001),
        recordEndedGrants(others[1] ?? store, atMs + 1_001),
      ])
      const { approvedScopes } = await row()
      if (extended.ok) expect(approvedScopes).toContain(adminScope)
      else expect(extended).toMatchObject({ because: "grant-ended" })
      await recordEndedGrants(store, atMs + 2_001)
      expect(await entries("device.grant-ended")).toHaveLength(round + 1)
    }
  })

  it("cannot be lowered past its end, for it is gone, as is written first", async () => {
    await boxed()
    const input = { deviceId: "dev-1", remove: [adminScope], actor: admin, nowMs: endMs + 1 }
    expect(await lowerCeiling(store, input)).toMatchObject({ because: "nothing-to-change" })
    expect(await entries("device.grant-ended")).toHaveLength(1)
  })

  it("is not marked as ending soon where no role is in force that could use it", async () => {
    await approve({}, endMs)
    expect(await row()).toMatchObject({ endsSoon: true })
    await revokeToken(store, { deviceId: "dev-1", role: "operator", actor: admin, nowMs: nowMs + 2 })
    expect(await row()).toMatchObject({ isRevoked: true, endsSoon: false, nextEndMs: endMs })
    await recordEndedGrants(store, nowMs + 3)
    expect(await row()).toMatchObject({ endsSoon: false })
    // What it is approved for still ends.
    await recordEndedGrants(store, endMs + 1)
    expect(await row()).toMatchObject({ approvedScopes: "", nextEndMs: null })
  })

  it("is marked as ending soon when its time comes near", async () => {
    await approve({}, nowMs + 8 * dayMs)
    expect(await row()).toMatchObject({ endsSoon: false })
    await recordEndedGrants(store, nowMs + dayMs - 1)
    expect(await row()).toMatchObject({ endsSoon: false })
    await recordEndedGrants(store, nowMs + dayMs)
    expect(await row()).toMatchObject({ endsSoon: true })
  })
})
