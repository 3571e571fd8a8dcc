import { describe, expect, it } from "vitest"
import { addAdmin, testActor, testPassword } from "./admin-testing"
import { changeAdminRole } from "./change-admin-role"
import { createAdmin } from "./create-admin"
import { disableAdmin, enableAdmin } from "./disable-admin"
import { prepareFirstRun } from "./first-run"
import { signIn } from "./sign-in"
import { dialects, openTestStore } from "./testing"

const nowMs = 5_000_000
const act = { actor: testActor, nowMs }

describe.each(dialects)("admins on %s", (dialect) => {
  it("keep the last owner who can sign in", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    await addAdmin(store, { email: "invited@example.org", invited: true })
    await addAdmin(store, { email: "approver@example.org", role: "approver" })
    expect(await disableAdmin(store, { adminId, ...act })).toEqual({ ok: false, because: "last-owner" })
    for (const role of ["approver", "viewer"] as const) {
      expect(await changeAdminRole(store, { adminId, role, ...act })).toEqual({ ok: false, because: "last-owner" })
    }
    expect(await store.db.admin.findUnique({ where: { adminId } })).toMatchObject({ role: "owner", disabledAtMs: null })
  })

  it("keep one owner when two step down at the same time", async () => {
    const store = await openTestStore(dialect)
    const ids = [await addAdmin(store), await addAdmin(store, { email: "jonas@example.org", name: "Jonas" })]
    const results = await Promise.all([
      ...ids.map((adminId) => changeAdminRole(store, { adminId, role: "viewer", ...act })),
      ...ids.map((adminId) => disableAdmin(store, { adminId, ...act })),
    ])
    expect(results.filter((result) => !result.ok && result.because === "last-owner").length).toBeGreaterThan(0)
    const left = await store.db.admin.count({ where: { role: "owner", disabledAtMs: null } })
    expect(left).toBe(1)
  })

  it("lose their sessions when they are disabled, and get in again when they are enabled", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const adminId = await addAdmin(store, { email: "jonas@example.org", role: "approver" })
    const attempt = { email: "jonas@example.org", password: testPassword, address: "10.0.0.1", userAgent: "", nowMs }
    const session = await signIn(store, attempt)
    expect(session.ok).toBe(true)
    expect(await disableAdmin(store, { adminId, ...act })).toEqual({ ok: true })
    expect(await store.db.adminSession.count({ where: { adminId, endedAtMs: null } })).toBe(0)
    expect(await signIn(store, attempt)).toEqual({ ok: false, because: "wrong-credentials" })
    expect(await disableAdmin(store, { adminId, ...act })).toEqual({ ok: false, because: "nothing-to-change" })
    expect(await enableAdmin(store, { adminId, ...act })).toEqual({ ok: true })
    expect(await signIn(store, attempt)).toMatchObject({ ok: true })
  })

  it("have one account per address, of ten who create it at the same time", async () => {
    const store = await openTestStore(dialect)
    const admin = { email: "jonas@example.org", name: "Jonas", role: "viewer", passwordHash: null } as const
    const results = await Promise.all(Array.from({ length: 10 }, () => createAdmin(store, { admin, ...act })))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.filter((result) => !result.ok && result.because === "email-taken")).toHaveLength(9)
  })

  it("tell event streams of a change of role, and leave an entry with before and after", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const adminId = await addAdmin(store, { email: "jonas@example.org", role: "approver" })
    await new Promise(setImmediate)
    const told = new Promise((resolve) => store.hub.subscribe(resolve))
    expect(await changeAdminRole(store, { adminId, role: "viewer", ...act })).toEqual({ ok: true })
    expect(await told).toContainEqual({ kind: "admin-session", adminId, sessionId: null })
    const entry = await store.db.auditEntry.findFirst({ where: { action: "admin.role-changed" } })
    expect(JSON.parse(entry?.before ?? "")).toEqual({ email: "jonas@example.org", role: "approver" })
    expect(JSON.parse(entry?.after ?? "")).toEqual({ email: "jonas@example.org", role: "viewer" })
  })
})

describe.each(dialects)("the first start on %s", (dialect) => {
  const owner = { email: " Mara@Example.org ", password: "correct horse battery" }

  it("creates the owner of the environment, once", async () => {
    const store = await openTestStore(dialect)
    const results = await Promise.all([1, 2, 3].map(() => prepareFirstRun(store, { owner, nowMs })))
    expect(results.map(({ kind }) => kind).sort()).toEqual(["has-owner", "has-owner", "owner-created"])
    const attempt = { ...owner, email: "mara@example.org", address: "127.0.0.1", userAgent: "", nowMs }
    expect(await signIn(store, attempt)).toMatchObject({ ok: true })
  })

  it("gives a link without one, and nothing once there is an owner", async () => {
    const store = await openTestStore(dialect)
    expect(await prepareFirstRun(store, { owner: null, nowMs })).toMatchObject({
      kind: "set-up-link",
      path: expect.stringMatching(/^\/set-up#[\w-]{43}$/),
    })
    await addAdmin(store)
    expect(await prepareFirstRun(store, { owner: null, nowMs })).toEqual({ kind: "has-owner" })
    expect(await prepareFirstRun(store, { owner, nowMs })).toEqual({ kind: "has-owner" })
  })

  it.each([
    ["an address that is none", { ...owner, email: "mara" }, /GATEHOUSE_OWNER_EMAIL/],
    ["a short password", { ...owner, password: "short" }, /GATEHOUSE_OWNER_PASSWORD/],
  ])("refuses %s in one sentence", async (_case, given, sentence) => {
    const store = await openTestStore(dialect)
    await expect(prepareFirstRun(store, { owner: given, nowMs })).rejects.toThrow(sentence)
    expect(await store.db.admin.count()).toBe(0)
  })
})
