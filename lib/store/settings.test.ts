import { describe, expect, it } from "vitest"
import { testActor } from "./admin-testing"
import { changeSettings, currentSettings } from "./settings"
import { defaultSettings, settingsSchema } from "./settings-schema"
import { dialects, openStoreAt, openTestStore, testLocation } from "./testing"

const act = { actor: testActor, nowMs: 7 }

describe.each(dialects)("settings on %s", (dialect) => {
  it("are the defaults until somebody changes them, and then survive a restart", async () => {
    const location = await testLocation(dialect)
    const store = await openStoreAt(location)
    expect(await currentSettings(store)).toEqual(defaultSettings)
    const result = await changeSettings(store, { changes: { graceHours: 48, signInNotice: "Hello" }, ...act })
    expect(result).toMatchObject({ ok: true, settings: { graceHours: 48, signInNotice: "Hello" } })
    expect(await currentSettings(store)).toMatchObject({ graceHours: 48, attemptDays: defaultSettings.attemptDays })
    expect(await currentSettings(await openStoreAt(location))).toMatchObject({ graceHours: 48, signInNotice: "Hello" })
  })

  it("leave one entry with what was and what is, and none where nothing changed", async () => {
    const store = await openTestStore(dialect)
    await changeSettings(store, { changes: { graceHours: 48, attemptDays: defaultSettings.attemptDays }, ...act })
    expect(await changeSettings(store, { changes: { graceHours: 48 }, ...act })).toMatchObject({
      because: "nothing-to-change",
    })
    const entries = await store.db.auditEntry.findMany({ where: { action: "settings.changed" } })
    expect(entries.map(({ before, after }) => [before, after])).toEqual([['{"graceHours":24}', '{"graceHours":48}']])
  })

  it("refuse all of a change of which one part cannot be meant", async () => {
    const store = await openTestStore(dialect)
    const changes = { graceHours: "48", handshakeSeconds: "0", attemptDays: "soon" }
    expect(await changeSettings(store, { changes, ...act })).toEqual({
      ok: false,
      because: "mistakes",
      keys: ["handshakeSeconds", "attemptDays"],
    })
    expect(await currentSettings(store)).toEqual(defaultSettings)
  })

  it("ignore a stored value that is out of bounds, and keep the others", async () => {
    const store = await openTestStore(dialect)
    const row = { updatedAtMs: 0, updatedBy: "test" }
    await store.db.setting.createMany({
      data: [
        { key: "graceHours", value: "0", ...row },
        { key: "attemptDays", value: "12", ...row },
        { key: "from-a-later-version", value: "x", ...row },
      ],
    })
    expect(await currentSettings(store)).toEqual({ ...defaultSettings, attemptDays: 12 })
  })
})

it.each([
  ["handshakeSeconds", 1],
  ["handshakeSeconds", 121],
  ["graceHours", 1.5],
  ["pendingPerAddress", "many"],
  ["signInNotice", "x".repeat(281)],
])("%s may not be %s", (key, value) => {
  expect(settingsSchema.safeParse({ [key]: value }).success).toBe(false)
})
