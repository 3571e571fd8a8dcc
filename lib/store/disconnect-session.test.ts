import { describe, expect, it } from "vitest"
import { disconnectSession } from "./disconnect-session"
import type { Change } from "./hub"
import type { LiveConnection } from "./presence"
import type { Store } from "./store"
import { openStoreAt, openTestStore, testLocation } from "./testing"
import { admin } from "./testing-connect"

const input = { deviceId: "dev-1", connId: "c1", actor: admin, nowMs: 1_000_000 }
const change = { kind: "session-disconnected", deviceId: "dev-1", connId: "c1" }

const connection: LiveConnection = {
  ...{ connId: "c1", deviceId: "dev-1", role: "operator", scopes: ["operator.read"], address: "10.0.0.7" },
  ...{ client: "cli", sinceMs: 0 },
}

function heardBy(store: Store): Change[] {
  const heard: Change[] = []
  store.hub.subscribe((changes) => heard.push(...changes))
  return heard
}

describe("the end of one connection", () => {
  it("is told and written down with what the connection was, and refused where there is none", async () => {
    const store = await openTestStore("sqlite")
    const heard = heardBy(store)
    expect(await disconnectSession(store, input)).toMatchObject({ ok: false, because: "nothing-to-change" })
    expect(await store.db.auditEntry.count()).toBe(0)
    store.presence.add(connection)
    expect(await disconnectSession(store, input)).toMatchObject({ ok: true })
    await expect.poll(() => heard).toContainEqual(change)
    const entry = await store.db.auditEntry.findFirstOrThrow()
    expect(entry).toMatchObject({ action: "session.disconnected", actorName: "Ada", subject: "c1" })
    expect(JSON.parse(entry.before ?? "")).toMatchObject({ role: "operator", address: "10.0.0.7", client: "cli" })
  })

  it("reaches the process that holds it, which need not be the one that was asked", async () => {
    const location = await testLocation("postgresql")
    const [asked, holding] = [await openStoreAt(location), await openStoreAt(location)]
    const heard = heardBy(holding)
    expect(await disconnectSession(asked, input)).toMatchObject({ ok: false, because: "nothing-to-change" })
    holding.presence.add(connection)
    await holding.processes.beat()
    expect(await disconnectSession(asked, input)).toMatchObject({ ok: true })
    await expect.poll(() => heard).toContainEqual(change)
    const { before } = await asked.db.auditEntry.findFirstOrThrow()
    expect(JSON.parse(before ?? "")).toMatchObject({ role: "operator", address: "10.0.0.7", client: "cli" })
  })
})
