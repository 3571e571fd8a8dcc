import { beforeEach, describe, expect, it } from "vitest"
import { approveRequest } from "./approve-request"
import { connectDevice } from "./connect-device"
import type { ConnectInput } from "./connect-facts"
import { rejectRequest } from "./reject-request"
import { changeSettings } from "./settings"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const node = (commands: readonly string[], over: Partial<ConnectInput> = {}) =>
  knock({
    ...{ from: "loopback", role: "node", scopes: [], upstream: true },
    ...{ metadata: { ...knock().metadata, deviceFamily: "Linux", commands }, ...over },
  })

describe.each(dialects)("a node before a gateway on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
  })

  const connect = async (commands: readonly string[], over: Partial<ConnectInput> = {}) => {
    const answer = await connectDevice(store, node(commands, over))
    if (!answer.ok) throw new Error(answer.because)
    return answer
  }
  const waiting = () => store.db.request.findFirstOrThrow({ where: { status: "pending" } })
  const actions = async () => (await store.db.auditEntry.findMany()).map((entry) => entry.action)

  async function pair(commands: readonly string[]): Promise<void> {
    await connect(commands)
    const { requestId } = await waiting()
    const approval = { requestId, from: "console", actor: admin, nowMs: 1_000_500 } as const
    expect(await approveRequest(store, approval)).toMatchObject({ ok: true })
  }

  it("waits although it is local, and comes in with the commands that were approved", async () => {
    expect(await connect(["system.which"])).toMatchObject({ decision: { kind: "pending", manual: "node-commands" } })
    await pair(["system.which"])
    expect(await store.db.device.findMany()).toMatchObject([
      { approvedCommands: '["system.which"]', nodePlatform: "linux", nodeFamily: "Linux" },
    ])
    const entry = await store.db.auditEntry.findFirstOrThrow({ where: { action: "request.approved" } })
    expect(JSON.parse(entry.after ?? "")).toMatchObject({ approvedCommands: ["system.which"] })
    const served = await connect(["system.which"])
    expect(served).toMatchObject({ decision: { kind: "allow", servedCommands: ["system.which"], filed: null } })
    expect(served.token).not.toBeNull()
  })

  it("comes in with what is approved while a request for more waits, once, with its entry", async () => {
    await pair(["system.which"])
    const grown = await connect(["system.which", "system.run"], { nowMs: 1_001_000 })
    expect(grown).toMatchObject({
      decision: {
        kind: "allow",
        reason: "commands-left-out",
        servedCommands: ["system.which"],
        filed: { filed: "new" },
      },
    })
    expect(grown.token).not.toBeNull()
    expect(await waiting()).toMatchObject({ reason: "metadata-upgrade", tries: 1, address: "127.0.0.1" })
    expect(JSON.parse((await waiting()).circumstances)).toMatchObject({ manual: "node-commands", missing: [] })
    await connect(["system.which", "system.run"], { nowMs: 1_002_000 })
    expect(await waiting()).toMatchObject({ tries: 2, triedAtMs: 1_002_000 })
    expect((await actions()).filter((action) => action === "request.filed")).toHaveLength(2)
    await store.observed.flush()
    const { requestId } = await waiting()
    const attempts = await store.db.connectAttempt.findMany({ where: { outcome: "allow" } })
    expect(attempts).toMatchObject([{ reason: "commands-left-out", count: 2, requestId }])
    await approveRequest(store, { requestId, from: "console", actor: admin, nowMs: 1_003_000 })
    const after = await connect(["system.which", "system.run"], { nowMs: 1_004_000 })
    expect(after).toMatchObject({ decision: { servedCommands: ["system.which", "system.run"], filed: null } })
  })

  it("is not asked about again while a rejection of as much is in force", async () => {
    await pair(["system.which"])
    await connect(["system.run"])
    await rejectRequest(store, { requestId: (await waiting()).requestId, actor: admin, nowMs: 1_001_000 })
    const again = await connect(["system.run"], { nowMs: 1_002_000 })
    expect(again).toMatchObject({ decision: { kind: "allow", servedCommands: [], filed: null } })
    expect(await store.db.request.count({ where: { status: "pending" } })).toBe(0)
    const beyond = await connect(["system.run", "fs.write"], { nowMs: 1_003_000 })
    expect(beyond).toMatchObject({ decision: { kind: "allow", filed: { filed: "new" } } })
  })

  it("still comes in where too many requests wait already, without another one", async () => {
    await pair(["system.which"])
    await changeSettings(store, { changes: { pendingPerAddress: 1 }, actor: admin, nowMs: 1 })
    await connectDevice(store, node([], { identity: { deviceId: "dev-2", publicKey: "key of dev-2" } }))
    const grown = await connect(["system.run"])
    expect(grown).toMatchObject({ decision: { kind: "allow", servedCommands: [], filed: null } })
    expect(grown.token).not.toBeNull()
    expect(grown.record.requests).toEqual([])
    expect(await store.db.request.findMany({ where: { status: "pending" } })).toMatchObject([{ deviceId: "dev-2" }])
  })

  it("waits again on another platform, also when its other role reported that one first", async () => {
    await pair(["system.which"])
    const metadata = { ...knock().metadata, deviceFamily: "Linux", platform: "darwin" }
    await connectDevice(store, knock({ metadata }))
    const request = await waiting()
    await approveRequest(store, { requestId: request.requestId, from: "wire", actor: admin, nowMs: 1_001_000 })
    expect(await connectDevice(store, knock({ metadata }))).toMatchObject({ decision: { kind: "allow" } })
    expect(await store.db.device.findMany()).toMatchObject([{ platform: "darwin", nodePlatform: "linux" }])
    expect(await connect(["system.which"])).toMatchObject({ decision: { kind: "allow" } })
    const moved = { ...metadata, commands: ["system.which"] }
    expect(await connect([], { metadata: moved })).toMatchObject({
      decision: { kind: "pending", reason: "metadata-upgrade", manual: "metadata-changed" },
    })
  })
})
