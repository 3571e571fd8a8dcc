import { describe, expect, it } from "vitest"
import { endAllSessions, endSession, readSession } from "./admin-sessions"
import { addAdmin, testActor, testPassword } from "./admin-testing"
import { changePassword } from "./set-password"
import { signIn } from "./sign-in"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"

const startMs = 20_000_000
const dayMs = 24 * 60 * 60 * 1000
const act = { actor: testActor, nowMs: startMs }

async function open(store: Store, nowMs = startMs): Promise<string> {
  const attempt = { email: "mara@example.org", password: testPassword, address: "127.0.0.1", userAgent: "Test" }
  const result = await signIn(store, { ...attempt, nowMs })
  if (!result.ok) throw new Error(result.because)
  return result.sessionId
}

describe.each(dialects)("a console session on %s", (dialect) => {
  it("is unknown under any id but its own", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const sessionId = await open(store)
    expect(await readSession(store, { sessionId, nowMs: startMs })).toMatchObject({ email: "mara@example.org" })
    expect(await readSession(store, { sessionId: `${sessionId}x`, nowMs: startMs })).toBeNull()
    expect(await readSession(store, { sessionId: "", nowMs: startMs })).toBeNull()
  })

  it.each([
    ["just before a week without use", 7 * dayMs - 1, true],
    ["after a week without use", 7 * dayMs, false],
  ])("is, %s, what it should be", async (_case, afterMs, isOpen) => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const sessionId = await open(store)
    const read = await readSession(store, { sessionId, nowMs: startMs + afterMs })
    expect(read !== null).toBe(isOpen)
  })

  it("lives on with use, but not past its end", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const sessionId = await open(store)
    for (let day = 1; day < 30; day += 1) {
      expect(await readSession(store, { sessionId, nowMs: startMs + day * dayMs })).not.toBeNull()
    }
    expect(await readSession(store, { sessionId, nowMs: startMs + 30 * dayMs })).toBeNull()
  })

  it("does not live on by being looked at", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const sessionId = await open(store)
    const look = (day: number) => readSession(store, { sessionId, isUse: false, nowMs: startMs + day * dayMs })
    for (let day = 1; day < 7; day += 1) expect(await look(day)).not.toBeNull()
    expect(await look(7)).toBeNull()
  })

  it("ends once, tells event streams, and stays ended", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const sessionId = await open(store)
    const told: unknown[] = []
    store.hub.subscribe((changes) => told.push(...changes))
    const results = await Promise.all([1, 2, 3].map(() => endSession(store, { sessionId, how: "signed-out", ...act })))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(told).toContainEqual({ kind: "admin-session", adminId, sessionId })
    expect(await readSession(store, { sessionId, nowMs: startMs })).toBeNull()
    expect(await store.db.auditEntry.count({ where: { action: "admin.signed-out" } })).toBe(1)
  })

  it("is ended from elsewhere only by whose it is", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const other = await addAdmin(store, { email: "jonas@example.org" })
    const sessionId = await open(store)
    const end = { sessionId, how: "ended", ...act } as const
    expect(await endSession(store, { ...end, adminId: other })).toEqual({ ok: false, because: "not-found" })
    expect(await readSession(store, { sessionId, nowMs: startMs })).not.toBeNull()
    expect(await endSession(store, { ...end, adminId })).toEqual({ ok: true })
    expect(await store.db.auditEntry.count({ where: { action: "admin.sessions-ended" } })).toBe(1)
  })

  it("ends with all the others but the one that is named", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const [here, there] = [await open(store), await open(store)]
    expect(await endAllSessions(store, { adminId, except: here, ...act })).toEqual({ ok: true, ended: 1 })
    expect(await readSession(store, { sessionId: here, nowMs: startMs })).not.toBeNull()
    expect(await readSession(store, { sessionId: there, nowMs: startMs })).toBeNull()
    expect(await endAllSessions(store, { adminId, except: here, ...act })).toMatchObject({
      because: "nothing-to-change",
    })
  })

  it("ends everywhere else when the password is changed by who knows it", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const [here, there] = [await open(store), await open(store)]
    const input = { adminId, sessionId: here, next: "another password", address: "127.0.0.1", nowMs: startMs }
    expect(await changePassword(store, { ...input, current: "a guess" })).toEqual({
      ok: false,
      because: "wrong-password",
    })
    expect(await readSession(store, { sessionId: there, nowMs: startMs })).not.toBeNull()
    expect(await changePassword(store, { ...input, current: testPassword })).toEqual({ ok: true, ended: 1 })
    expect(await readSession(store, { sessionId: here, nowMs: startMs })).not.toBeNull()
    expect(await readSession(store, { sessionId: there, nowMs: startMs })).toBeNull()
  })

  it("is one of at most fifty, the oldest going first", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const first = await open(store)
    const rows = Array.from({ length: 49 }, (_, count) => ({
      sessionId: `session-${count}`,
      adminId,
      createdAtMs: startMs + 1 + count,
      lastSeenAtMs: startMs,
      expiresAtMs: startMs + dayMs,
      address: "127.0.0.1",
      userAgent: "",
    }))
    await store.db.adminSession.createMany({ data: rows })
    await open(store, startMs + 100)
    expect(await store.db.adminSession.count({ where: { adminId } })).toBe(50)
    expect(await readSession(store, { sessionId: first, nowMs: startMs })).toBeNull()
  })
})
