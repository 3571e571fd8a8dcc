import { describe, expect, it } from "vitest"
import { readSession } from "./admin-sessions"
import { addAdmin, testPassword } from "./admin-testing"
import { confirmPassword } from "./set-password"
import { signIn } from "./sign-in"
import { signInLimits } from "./sign-in-throttle"
import { dialects, openTestStore } from "./testing"

const startMs = 10_000_000

const attempt = (given: { email?: string; password?: string; address?: string; nowMs?: number } = {}) => ({
  email: "mara@example.org",
  password: "not the password",
  address: "192.0.2.7",
  userAgent: "Test/1.0",
  nowMs: startMs,
  ...given,
})

describe.each(dialects)("signing in on %s", (dialect) => {
  it("opens a session that says where from", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const result = await signIn(store, attempt({ password: testPassword }))
    if (!result.ok) throw new Error(result.because)
    expect(await readSession(store, { sessionId: result.sessionId, nowMs: startMs })).toMatchObject({
      adminId,
      role: "owner",
    })
    const row = await store.db.adminSession.findUnique({ where: { sessionId: result.sessionId } })
    expect(row).toMatchObject({ address: "192.0.2.7", userAgent: "Test/1.0" })
  })

  it("answers an unknown account, a wrong password, an invited and a disabled admin alike", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    await addAdmin(store, { email: "invited@example.org", invited: true })
    const disabled = await addAdmin(store, { email: "disabled@example.org" })
    await store.db.admin.update({ where: { adminId: disabled }, data: { disabledAtMs: 1 } })
    const answers = await Promise.all([
      signIn(store, attempt()),
      signIn(store, attempt({ email: "nobody@example.org" })),
      signIn(store, attempt({ email: "invited@example.org", password: "" })),
      signIn(store, attempt({ email: "disabled@example.org", password: testPassword })),
    ])
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ ok: false, because: "wrong-credentials" })]),
    )
  })

  it.each(["mara@example.org", "nobody@example.org"])("makes %s wait after too many attempts", async (email) => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    for (let count = 0; count < signInLimits.account; count += 1) {
      const address = `198.51.100.${count}`
      expect(await signIn(store, attempt({ email, address }))).toMatchObject({ because: "wrong-credentials" })
    }
    const retryAtMs = startMs + signInLimits.waitMs
    expect(await signIn(store, attempt({ email }))).toEqual({ ok: false, because: "throttled", retryAtMs })
    const right = { email, password: testPassword }
    expect(await signIn(store, attempt({ ...right, nowMs: retryAtMs - 1 }))).toMatchObject({ because: "throttled" })
    const after = await signIn(store, attempt({ ...right, nowMs: retryAtMs }))
    expect(after.ok).toBe(email === "mara@example.org")
    const entries = await store.db.auditEntry.count({ where: { action: "admin.sign-in-locked" } })
    expect(entries).toBe(email === "mara@example.org" ? 1 : 0)
  })

  it("gives no more tries to those that come at the same time", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const answers = await Promise.all(
      Array.from({ length: 3 * signInLimits.account }, (_, count) =>
        signIn(store, attempt({ address: `198.51.100.${count}` })),
      ),
    )
    const tried = answers.filter((answer) => !answer.ok && answer.because === "wrong-credentials")
    expect(tried).toHaveLength(signInLimits.account)
  })

  it("makes an address wait, an IPv6 network as one, and lets others in meanwhile", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    const fill = Array.from({ length: signInLimits.address }, (_, count) =>
      signIn(store, attempt({ email: `nobody${count}@example.org`, address: `2001:db8:1:2::${count.toString(16)}` })),
    )
    await Promise.all(fill)
    const right = { password: testPassword }
    expect(await signIn(store, attempt({ ...right, address: "2001:db8:1:2:ffff::1" }))).toMatchObject({
      because: "throttled",
    })
    expect(await signIn(store, attempt({ ...right, address: "2001:db8:1:3::1" }))).toMatchObject({ ok: true })
  })

  it("forgets the attempts of who gets in", async () => {
    const store = await openTestStore(dialect)
    await addAdmin(store)
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < signInLimits.account - 1; count += 1) {
        expect(await signIn(store, attempt())).toMatchObject({ because: "wrong-credentials" })
      }
      expect(await signIn(store, attempt({ password: testPassword }))).toMatchObject({ ok: true })
    }
  })

  it("counts a password asked for again in an open session", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const ask = (password: string) =>
      confirmPassword(store, { adminId, password, address: "192.0.2.7", nowMs: startMs })
    expect(await ask(testPassword)).toEqual({ ok: true })
    for (let count = 0; count < signInLimits.account; count += 1) {
      expect(await ask("guess")).toEqual({ ok: false, because: "wrong-password" })
    }
    expect(await ask(testPassword)).toMatchObject({ because: "throttled" })
  })

  it("keeps a bounded number of counters", async () => {
    const store = await openTestStore(dialect)
    const { maxRows } = signInLimits
    await store.db.signInThrottle.createMany({
      data: Array.from({ length: maxRows }, (_, count) => ({
        key: `account made-up-${count}`,
        failures: 1,
        windowStartMs: startMs - 1 - count,
        lockedUntilMs: startMs + 1_000_000,
      })),
    })
    expect(await signIn(store, attempt())).toMatchObject({ because: "wrong-credentials" })
    expect(await store.db.signInThrottle.count()).toBeLessThanOrEqual(maxRows)
    expect(await store.db.signInThrottle.count({ where: { key: { startsWith: "account made-up" } } })).toBeGreaterThan(
      maxRows - 300,
    )
  })
})
