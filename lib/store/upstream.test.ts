import { describe, expect, it } from "vitest"
import { testActor } from "./admin-testing"
import type { Change } from "./hub"
import { createKeys } from "./keys"
import { removeUpstream } from "./remove-upstream"
import { saveUpstream } from "./save-upstream"
import { dialects, openStoreAt, openTestStore, testKeys, testLocation } from "./testing"
import { loadUpstream } from "./upstream"

const act = { actor: testActor, nowMs: 7 }
const secret = "what-the-gateway-behind-wants"
const given = { url: "ws://127.0.0.1:18789", secretKind: "token", secret, ...act } as const

describe.each(dialects)("the gateway behind this one, on %s", (dialect) => {
  it("is none until an owner sets it, and is there with its secret after a restart", async () => {
    const location = await testLocation(dialect)
    const store = await openStoreAt(location)
    expect(await loadUpstream(store)).toBeNull()
    expect(await saveUpstream(store, { ...given, url: " ws://127.0.0.1:18789 " })).toEqual({ ok: true })
    const loaded = { url: "ws://127.0.0.1:18789", secret: { kind: "token", value: secret } }
    expect(await loadUpstream(store)).toEqual(loaded)
    expect(await loadUpstream(await openStoreAt(location))).toEqual(loaded)
  })

  it("leaves an entry and no secret in the database, and tells that it changed", async () => {
    const store = await openTestStore(dialect)
    const heard: Change[] = []
    store.hub.subscribe((changes) => heard.push(...changes))
    await saveUpstream(store, given)
    await saveUpstream(store, { ...given, secretKind: "password", secret: "another" })
    const entries = await store.db.auditEntry.findMany({ orderBy: { id: "asc" } })
    expect(entries).toMatchObject([
      { action: "upstream.changed", actorName: testActor.name, before: null },
      { before: '{"url":"ws://127.0.0.1:18789","secretKind":"token"}' },
    ])
    const rows = await store.db.upstream.findMany()
    expect(rows).toMatchObject([{ id: 1, secretKind: "password", updatedAtMs: 7, updatedBy: testActor.name }])
    expect(JSON.stringify([entries, rows])).not.toMatch(new RegExp(`${secret}|another`))
    await expect.poll(() => heard.filter((change) => change.kind === "upstream")).toHaveLength(2)
  })

  it.each([
    ["an address of the web", { url: "http://127.0.0.1:18789" }, "not-an-address"],
    ["no address", { url: "gateway" }, "not-an-address"],
    ["an empty address", { url: "  " }, "not-an-address"],
    ["an address with a name in it", { url: "ws://ada@127.0.0.1:18789" }, "not-an-address"],
    ["an address with a password in it", { url: "ws://:pass@127.0.0.1:18789" }, "not-an-address"],
    ["an address with a fragment", { url: "ws://127.0.0.1:18789/#x" }, "not-an-address"],
    ["no secret", { secret: "" }, "no-secret"],
    ["a blank secret", { secret: "  " }, "no-secret"],
  ])("is not set to %s", async (_case, over, because) => {
    const store = await openTestStore(dialect)
    await saveUpstream(store, given)
    expect(await saveUpstream(store, { ...given, ...over })).toEqual({ ok: false, because })
    expect(await loadUpstream(store)).toMatchObject({ url: given.url, secret: { value: secret } })
    expect(await store.db.auditEntry.count()).toBe(1)
  })

  it("is taken out of use with its secret, once", async () => {
    const store = await openTestStore(dialect)
    await saveUpstream(store, given)
    expect(await removeUpstream(store, act)).toEqual({ ok: true })
    expect(await removeUpstream(store, act)).toEqual({ ok: false, because: "nothing-to-change" })
    expect(await loadUpstream(store)).toBeNull()
    expect(await store.db.upstream.count()).toBe(0)
    const entries = await store.db.auditEntry.findMany({ where: { action: "upstream.removed" } })
    expect(entries).toMatchObject([{ before: '{"url":"ws://127.0.0.1:18789","secretKind":"token"}' }])
  })

  it("has a secret that a rolled key opens, and none where its key is gone", async () => {
    const location = await testLocation(dialect)
    const store = await openStoreAt(location)
    await saveUpstream(store, given)
    const fresh = "a-fresh-server-key-for-tests-of-32-characters-or-more"
    const before = "a-server-key-for-tests-only-of-32-characters-or-more"
    const rolled = await openStoreAt(location, { keys: createKeys([fresh, before]) })
    expect(await loadUpstream(rolled)).toMatchObject({ secret: { value: secret } })
    const alone = await openStoreAt(location, { keys: createKeys([fresh]) })
    expect(await loadUpstream(alone)).toEqual({ url: given.url, secret: null })
    expect(testKeys.keyId).toBe(createKeys([before]).keyId)
  })
})
