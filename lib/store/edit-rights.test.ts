import { beforeEach, describe, expect, it } from "vitest"
import { connectDevice } from "./connect-device"
import { type EditRightsInput, editRights } from "./edit-rights"
import type { Change } from "./hub"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const nowMs = 1_000_000
const [read, write, talk] = ["operator.read", "operator.write", "operator.talk"]

describe.each(dialects)("an edit of a device's rights on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
    await connect([read, write])
  })

  async function connect(scopes: string[], from: "loopback" | "lan" = "loopback", auth = knock().auth) {
    const answer = await connectDevice(store, knock({ from, scopes, auth }))
    if (!answer.ok) throw new Error(answer.because)
    return answer
  }
  const device = () => store.db.device.findUniqueOrThrow({ where: { deviceId: "dev-1" } })
  const token = () => store.db.token.findFirstOrThrow({ where: { deviceId: "dev-1" } })

  async function edit(over: Partial<EditRightsInput>) {
    const { revision: shownRevision } = await device()
    return editRights(store, {
      ...{ deviceId: "dev-1", role: "operator", approved: [read, write], token: [read, write], release: [] },
      ...{ mode: { kind: "on-pickup" }, shownRevision, note: "as agreed", actor: admin, nowMs: nowMs + 1, ...over },
    })
  }

  async function entriesOf(work: () => Promise<unknown>) {
    const before = await store.db.auditEntry.count()
    await work()
    return store.db.auditEntry.findMany({ orderBy: { id: "asc" }, skip: before })
  }

  it("gives more as an approval: recorded as one, in the history, and without stranding the device", async () => {
    const first = await connect([read])
    const old = store.keys.deriveToken((await token()).tokenId, "dev-1", "operator")
    expect(first.decision.kind).toBe("allow")
    const heard: Change[] = []
    const stop = store.hub.subscribe((changes) => heard.push(...changes))
    const entries = await entriesOf(() => edit({ approved: [read, write, talk], token: [read, write, talk] }))
    await new Promise((done) => setImmediate(done))
    stop()
    expect(entries).toMatchObject([{ action: "device.ceiling-raised", actorName: "Ada", note: "as agreed" }])
    expect(JSON.parse(entries[0]?.after ?? "")).toMatchObject({ granted: [talk], approvedScopes: [read, write, talk] })
    expect(await device()).toMatchObject({ approvedScopes: `${read} ${write} ${talk}`, isNarrowed: false })
    expect(await token()).toMatchObject({ scopes: `${read} ${write} ${talk}`, issuedHow: "approval", issuedBy: "Ada" })
    const changes = await store.db.scopeChange.findMany({ where: { scope: talk } })
    expect(changes).toMatchObject([
      { change: "approved", actorName: "Ada", silent: false, entryId: entries[0]?.id },
      { change: "issued", actorName: "Ada" },
    ])
    expect(heard).toContainEqual(expect.objectContaining({ kind: "sessions-closed", role: "operator" }))
    const again = await connect([read], "lan", { kind: "device-token", secret: old })
    expect(again.decision).toMatchObject({ kind: "allow", reason: "predecessor" })
  })

  it("gives more for a time, written down with its end", async () => {
    await connect([read])
    const untilMs = nowMs + 60_000
    const entries = await entriesOf(() => edit({ approved: [read, write, talk], token: null, untilMs }))
    expect(JSON.parse(entries[0]?.after ?? "")).toMatchObject({ granted: [talk], untilMs })
    const { ends, nextEndMs } = await device()
    expect([JSON.parse(ends), nextEndMs]).toEqual([{ [talk]: untilMs }, untilMs])
  })

  it("ends the request that asked for it, with who gave it", async () => {
    await connect([read, "operator.future"], "lan")
    await edit({ approved: [read, write, "operator.future"], token: null })
    expect(await store.db.request.findMany()).toMatchObject([
      { status: "covered", endedByName: "Ada", granted: "operator.future", endNote: "as agreed" },
    ])
  })

  it("does several things at once, each with its entry, or nothing", async () => {
    await edit({ approved: [read], token: [read] })
    const all = { approved: [talk, "operator.questions"], token: [talk], release: [write] }
    const entries = await entriesOf(() => edit(all))
    expect(entries.map(({ action }) => action)).toEqual([
      ...["device.ceiling-lowered", "device.ceiling-raised", "device.withheld-released", "token.rotated"],
    ])
    expect(await device()).toMatchObject({ approvedScopes: `${talk} operator.questions`, withheld: read })
    expect(await token()).toMatchObject({ scopes: talk })
    expect(await entriesOf(() => edit({ approved: [read, talk], token: ["operator.admin"] }))).toEqual([])
    expect(await device()).toMatchObject({ approvedScopes: `${talk} operator.questions` })
  })

  it("takes a mark off, after which a rule may grant it silently again", async () => {
    await edit({ approved: [read], token: [read] })
    expect((await connect([read, write])).decision).toMatchObject({ kind: "allow", reason: "withheld-left-out" })
    await edit({ approved: [read], token: [read], release: [write] })
    expect(await store.db.scopeChange.findMany({ where: { change: "released" } })).toMatchObject([{ scope: write }])
    expect((await connect([read, write])).decision).toMatchObject({ kind: "silent-approve" })
  })

  it("does nothing to rights that were not shown", async () => {
    const { revision } = await device()
    await edit({ approved: [read], token: [read] })
    const late = edit({ approved: [write, talk], token: null, shownRevision: revision })
    expect(await late).toMatchObject({ ok: false, because: "rights-changed" })
  })
})
