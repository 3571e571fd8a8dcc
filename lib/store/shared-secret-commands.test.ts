import { describe, expect, it } from "vitest"
import { testActor } from "./admin-testing"
import { rotateSharedSecret, showSharedSecret } from "./shared-secret-commands"
import { dialects, openTestStore } from "./testing"

const act = { actor: testActor, nowMs: 1 }

describe.each(dialects)("the shared token on %s", (dialect) => {
  it("is shown with an entry that does not hold it", async () => {
    const store = await openTestStore(dialect, { gatewayToken: null })
    const shown = await showSharedSecret(store, act)
    expect(shown).toEqual({ ok: true, secret: store.sharedSecret.current() })
    const entries = await store.db.auditEntry.findMany()
    expect(entries.map(({ action }) => action)).toEqual(["shared-secret.shown"])
    expect(JSON.stringify(entries)).not.toContain(shown.secret)
  })

  it("is another one after it was rotated", async () => {
    const store = await openTestStore(dialect, { gatewayToken: null })
    const before = store.sharedSecret.current()
    const result = await rotateSharedSecret(store, act)
    expect(result).toEqual({ ok: true, secret: store.sharedSecret.current() })
    expect(store.sharedSecret.current()).not.toBe(before)
    expect(JSON.stringify(await store.db.auditEntry.findMany())).not.toContain(store.sharedSecret.current())
  })

  it("is not rotated where the environment gives it", async () => {
    const store = await openTestStore(dialect, { gatewayToken: "from-the-environment" })
    expect(await rotateSharedSecret(store, act)).toEqual({ ok: false, because: "set-by-environment" })
    expect(store.sharedSecret.current()).toBe("from-the-environment")
    expect(await store.db.auditEntry.count()).toBe(0)
  })
})
