import { afterEach, beforeAll, describe, expect, it } from "vitest"
import { adminOf, type CurrentAdmin } from "@/lib/auth/admin"
import { openTestSession } from "@/lib/auth/testing"
import { endSession } from "@/lib/store/admin-sessions"
import { changeAdminRole } from "@/lib/store/change-admin-role"
import { type ConsoleRole, consoleRoles } from "@/lib/store/console-role"
import type { Change } from "@/lib/store/hub"
import { installStore } from "@/lib/store/instance"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { mayHear, openEventStream } from "./event-stream"

const actor = { kind: "system", name: "test" } as const
let store: Store
const readers: ReadableStreamDefaultReader<Uint8Array>[] = []

beforeAll(async () => {
  store = await openTestStore("sqlite", { chores: "leave" })
  installStore(store)
})

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.cancel()
})

async function signIn(role: ConsoleRole, lifeMs?: number): Promise<{ headers: Headers; admin: CurrentAdmin }> {
  const { cookie } = await openTestSession(store, { role, ...(lifeMs !== undefined && { lifeMs }) })
  const headers = new Headers({ cookie, host: "127.0.0.1:18789", "x-gatehouse-path": "/api/events" })
  const admin = await adminOf(headers)
  if (admin === null) throw new Error("Not signed in")
  return { headers, admin }
}

/** Reads what the stream says: a list of [event, body] that grows, and whether it has ended. */
function listen({ headers, admin }: Awaited<ReturnType<typeof signIn>>) {
  const reader = openEventStream(store, headers, admin).getReader()
  readers.push(reader)
  const heard: (readonly [string, unknown])[] = []
  const state = { isOver: false }
  void (async () => {
    const decoder = new TextDecoder()
    let rest = ""
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      rest += decoder.decode(value, { stream: true })
      const blocks = rest.split("\n\n")
      rest = blocks.pop() ?? ""
      for (const block of blocks) {
        const found = /^event: (\w+)\ndata: (.*)$/.exec(block)
        if (found) heard.push([found[1] ?? "", JSON.parse(found[2] ?? "null")])
      }
    }
    state.isOver = true
  })()
  const changes = () => heard.filter(([event]) => event === "changes").map(([, body]) => body)
  return { heard, state, changes }
}

const request: Change = { kind: "request", requestId: "r", deviceId: "d", status: "pending" }
const settings: Change = { kind: "settings" }

describe("who hears what", () => {
  const all: readonly Change[] = [
    request,
    { kind: "device", deviceId: "d", what: "rights" },
    { kind: "sessions-closed", deviceId: "d", role: null, because: "" },
    { kind: "policy", version: 2 },
    { kind: "presence", deviceId: "d", online: true },
    { kind: "audit", entryId: "e" },
  ]

  it.each(consoleRoles)("a %s hears of devices, requests, policy and audit", (role) => {
    for (const change of all) expect(mayHear({ adminId: "me", role }, change)).toBe(true)
  })

  it.each<[ConsoleRole, boolean]>([
    ["viewer", false],
    ["approver", false],
    ["owner", true],
  ])("a %s hears of settings and of other people's sessions: %s", (role, hears) => {
    const other: Change = { kind: "admin-session", adminId: "other", sessionId: null }
    expect(mayHear({ adminId: "me", role }, settings)).toBe(hears)
    expect(mayHear({ adminId: "me", role }, other)).toBe(hears)
    expect(mayHear({ adminId: "me", role }, { ...other, adminId: "me" })).toBe(true)
  })
})

describe("the stream", () => {
  it("says what changed, once, and nothing that the reader may not know", async () => {
    const { heard, changes } = listen(await signIn("viewer"))
    await expect.poll(() => heard[0]?.[0]).toBe("beat")
    store.hub.publish([request, settings])
    store.hub.publish([request])
    await expect.poll(changes).toEqual([{ changes: [request] }])
  })

  it("says that everything changed rather than list hundreds of changes", async () => {
    const { changes } = listen(await signIn("viewer"))
    store.hub.publish(Array.from({ length: 400 }, (_, n) => ({ ...request, requestId: `r${n}` })))
    await expect.poll(changes).toEqual([{ everything: true, changes: [] }])
  })

  it("ends within a second of the end of its session, and another one goes on", async () => {
    const gone = await signIn("owner")
    const first = listen(gone)
    const second = listen(await signIn("owner"))
    await expect.poll(() => second.heard.length).toBeGreaterThan(0)
    await endSession(store, { sessionId: gone.admin.sessionId, how: "ended", actor, nowMs: Date.now() })
    await expect.poll(() => first.state.isOver, { timeout: 1000 }).toBe(true)
    expect(first.heard.at(-1)?.[0]).toBe("ended")
    store.hub.publish([request])
    // The end of the other session may have been told in the same breath.
    await expect.poll(() => JSON.stringify(second.changes())).toContain(JSON.stringify(request))
    expect(second.state.isOver).toBe(false)
  })

  it("ends when it cannot be known what was missed, so that the page asks for everything", async () => {
    const { state, heard } = listen(await signIn("viewer"))
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    store.hub.deliver([{ kind: "missed" }])
    await expect.poll(() => state.isOver, { timeout: 1000 }).toBe(true)
    expect(heard.map(([event]) => event)).not.toContain("ended")
  })

  it("ends within a second of a change of role", async () => {
    await signIn("owner")
    const approver = await signIn("approver")
    const { state } = listen(approver)
    await changeAdminRole(store, { adminId: approver.admin.adminId, role: "viewer", actor, nowMs: Date.now() })
    await expect.poll(() => state.isOver, { timeout: 1000 }).toBe(true)
  })

  it("is no use of its session: a forgotten tab keeps none alive, a page that is opened does", async () => {
    const { headers, admin } = await signIn("viewer")
    const { sessionId, adminId } = admin
    const lastSeenAtMs = Date.now() - 3_600_000
    await store.db.adminSession.update({ where: { sessionId }, data: { lastSeenAtMs } })
    const { changes } = listen({ headers, admin })
    const seen = () => store.db.adminSession.findUniqueOrThrow({ where: { sessionId }, select: { lastSeenAtMs: true } })
    store.hub.publish([{ kind: "admin-session", adminId, sessionId }])
    await expect.poll(() => changes().length).toBe(1)
    expect(await seen()).toEqual({ lastSeenAtMs })
    headers.set("x-gatehouse-path", "/requests")
    await adminOf(headers)
    expect((await seen()).lastSeenAtMs).toBeGreaterThan(lastSeenAtMs)
  })

  it("ends when the session runs out", async () => {
    const { state } = listen(await signIn("viewer", 400))
    await expect.poll(() => state.isOver, { timeout: 1400 }).toBe(true)
  })

  it("lets go of the hub when its reader leaves", async () => {
    const { headers, admin } = await signIn("viewer")
    const reader = openEventStream(store, headers, admin).getReader()
    await reader.read()
    await reader.cancel()
    store.hub.publish([request])
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect((await reader.read()).done).toBe(true)
  })
})
