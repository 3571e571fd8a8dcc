import { describe, expect, it } from "vitest"
import { linkLifetimeMs, makeAdminLink, makeSetupLink, readLink } from "./admin-links"
import { readSession } from "./admin-sessions"
import { addAdmin, secretOf, testActor, testPassword } from "./admin-testing"
import { disableAdmin } from "./disable-admin"
import { checkPassword } from "./password"
import { signIn } from "./sign-in"
import type { Store } from "./store"
import { dialects, openTestStore } from "./testing"
import { usePasswordLink, useSetupLink } from "./use-link"

const nowMs = 1_000_000
const password = "a password of my own"

async function setupSecret(store: Store, atMs = nowMs): Promise<string> {
  const link = await makeSetupLink(store, { nowMs: atMs })
  if (!link.ok) throw new Error(link.because)
  return secretOf(link.path)
}

async function adminSecret(store: Store, adminId: string, atMs = nowMs): Promise<string> {
  const link = await makeAdminLink(store, { adminId, actor: testActor, nowMs: atMs })
  if (!link.ok) throw new Error(link.because)
  return secretOf(link.path)
}

const owner = (secret: string, email = "mara@example.org") => ({ secret, email, name: "Mara", password, nowMs })

describe.each(dialects)("the set-up link on %s", (dialect) => {
  it("makes the first owner, who can then sign in", async () => {
    const store = await openTestStore(dialect)
    const result = await useSetupLink(store, owner(await setupSecret(store)))
    expect(result).toMatchObject({ ok: true })
    const signedIn = await signIn(store, { email: "mara@example.org", password, address: "::1", userAgent: "", nowMs })
    expect(signedIn).toMatchObject({ ok: true })
    const rows = await store.db.auditEntry.findMany({ where: { action: "admin.created" } })
    expect(rows).toMatchObject([{ actorKind: "admin", actorName: "Mara" }])
  })

  it("leaves nothing of its secret in the database", async () => {
    const store = await openTestStore(dialect)
    const secret = await setupSecret(store)
    const rows = [await store.db.adminLink.findMany(), await store.db.auditEntry.findMany()]
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it("works once, of ten who use it at the same time", async () => {
    const store = await openTestStore(dialect)
    const secret = await setupSecret(store)
    const emails = Array.from({ length: 10 }, (_, index) => `owner${index}@example.org`)
    const results = await Promise.all(emails.map((email) => useSetupLink(store, owner(secret, email))))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(await store.db.admin.count()).toBe(1)
  })

  it("makes one owner even when two links are used at the same time", async () => {
    const store = await openTestStore(dialect)
    const secrets = [await setupSecret(store), await setupSecret(store)]
    const results = await Promise.all(
      secrets.map((secret, index) => useSetupLink(store, owner(secret, `owner${index}@example.org`))),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.filter((result) => !result.ok)).toMatchObject([{ because: "owner-exists" }])
  })

  it("is dead once an owner exists, and no further one is made", async () => {
    const store = await openTestStore(dialect)
    const secret = await setupSecret(store)
    await addAdmin(store)
    expect(await useSetupLink(store, owner(secret, "other@example.org"))).toEqual({
      ok: false,
      because: "owner-exists",
    })
    expect(await makeSetupLink(store, { nowMs })).toEqual({ ok: false, because: "owner-exists" })
  })

  it.each([
    ["one millisecond before its end", linkLifetimeMs - 1, true],
    ["at its end", linkLifetimeMs, false],
  ])("%s counts as that", async (_case, afterMs, ok) => {
    const store = await openTestStore(dialect)
    const secret = await setupSecret(store)
    expect(await useSetupLink(store, { ...owner(secret), nowMs: nowMs + afterMs })).toMatchObject({ ok })
  })

  it("does not work with another secret, and sets no password of an admin", async () => {
    const store = await openTestStore(dialect)
    const secret = await setupSecret(store)
    expect(await useSetupLink(store, owner(`${secret}x`))).toEqual({ ok: false, because: "link-dead" })
    expect(await usePasswordLink(store, { secret, password, nowMs })).toEqual({ ok: false, because: "link-dead" })
  })
})

describe.each(dialects)("a link for a password on %s", (dialect) => {
  it("is an invitation first and a reset afterwards", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store, { invited: true })
    const secret = await adminSecret(store, adminId)
    expect(await readLink(store, { secret, nowMs })).toMatchObject({ ok: true, purpose: "invite", name: "Mara Lindt" })
    expect(await usePasswordLink(store, { secret, password, nowMs })).toMatchObject({ ok: true })
    const again = await makeAdminLink(store, { adminId, actor: testActor, nowMs })
    expect(again).toMatchObject({ ok: true, purpose: "reset" })
  })

  it("works once, of ten who use it at the same time", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const secret = await adminSecret(store, adminId)
    const passwords = Array.from({ length: 10 }, (_, index) => `password number ${index}`)
    const results = await Promise.all(
      passwords.map((each) => usePasswordLink(store, { secret, password: each, nowMs })),
    )
    const winners = passwords.filter((_, index) => results[index]?.ok)
    expect(winners).toHaveLength(1)
    const { passwordHash } = await store.db.admin.findUniqueOrThrow({ where: { adminId } })
    expect(await checkPassword(passwordHash, winners[0] ?? "")).toBe(true)
    expect(await store.db.auditEntry.count({ where: { action: "admin.link-used" } })).toBe(1)
  })

  it("ends the sessions that were open, and the old password", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store)
    const attempt = { email: "mara@example.org", address: "127.0.0.1", userAgent: "", nowMs }
    const before = await signIn(store, { ...attempt, password: testPassword })
    if (!before.ok) throw new Error(before.because)
    await usePasswordLink(store, { secret: await adminSecret(store, adminId), password, nowMs })
    expect(await readSession(store, { sessionId: before.sessionId, nowMs })).toBeNull()
    expect(await signIn(store, { ...attempt, password: testPassword })).toMatchObject({ because: "wrong-credentials" })
    expect(await signIn(store, { ...attempt, password })).toMatchObject({ ok: true })
  })

  it("dies with the next one, with its admin's account, and with time", async () => {
    const store = await openTestStore(dialect)
    const adminId = await addAdmin(store, { role: "viewer" })
    const first = await adminSecret(store, adminId)
    const second = await adminSecret(store, adminId)
    expect(await usePasswordLink(store, { secret: first, password, nowMs })).toMatchObject({ because: "link-dead" })
    const late = { secret: second, password, nowMs: nowMs + linkLifetimeMs }
    expect(await usePasswordLink(store, late)).toMatchObject({ because: "link-dead" })
    await disableAdmin(store, { adminId, actor: testActor, nowMs })
    expect(await usePasswordLink(store, { secret: second, password, nowMs })).toMatchObject({ because: "link-dead" })
    expect(await makeAdminLink(store, { adminId, actor: testActor, nowMs })).toMatchObject({ because: "disabled" })
  })

  it("makes nobody an owner", async () => {
    const store = await openTestStore(dialect)
    const secret = await adminSecret(store, await addAdmin(store, { role: "viewer" }))
    expect(await useSetupLink(store, owner(secret, "other@example.org"))).toEqual({ ok: false, because: "link-dead" })
  })
})
