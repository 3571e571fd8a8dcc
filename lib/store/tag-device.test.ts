import { beforeEach, describe, expect, it } from "vitest"
import { mostTags, toTag } from "@/lib/pairing/tags"
import { connectDevice } from "./connect-device"
import { removeDevice } from "./remove-device"
import { renameDevice } from "./rename-device"
import type { Store } from "./store"
import { tagDevice } from "./tag-device"
import { dialects, openTestStore } from "./testing"
import { admin, knock } from "./testing-connect"

const by = { deviceId: "dev-1", actor: admin, nowMs: 1_000_000 }

it.each([
  [" Front Desk ", "front-desk"],
  ["büro.2", "büro.2"],
  ["-x", null],
  ["", null],
  ["a,b", null],
  ["role:node", null],
  ["x".repeat(33), null],
])("reads %j as the tag %j", (text, tag) => {
  expect(toTag(text)).toBe(tag)
})

describe.each(dialects)("tags on %s", (dialect) => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore(dialect)
    expect(await connectDevice(store, knock({ from: "loopback" }))).toMatchObject({ ok: true })
  })

  const tags = async () => (await store.db.deviceTag.findMany({ orderBy: { tag: "asc" } })).map(({ tag }) => tag)
  const found = (term: string) => store.db.deviceTerm.count({ where: { term } })

  it("are put on and taken off with an audit entry each, and found by search", async () => {
    expect(await tagDevice(store, { ...by, add: ["kiosk", "lobby"], remove: [] })).toEqual({ ok: true })
    expect(await tags()).toEqual(["kiosk", "lobby"])
    expect(await found("kiosk")).toBe(1)
    expect(await tagDevice(store, { ...by, add: [], remove: ["kiosk"] })).toEqual({ ok: true })
    expect(await tags()).toEqual(["lobby"])
    expect(await found("kiosk")).toBe(0)
    const entries = await store.db.auditEntry.findMany({ where: { action: "device.tagged" }, orderBy: { id: "asc" } })
    expect(entries.map(({ before, after }) => [before, after])).toEqual([
      ['{"tags":[]}', '{"tags":["kiosk","lobby"]}'],
      ['{"tags":["kiosk","lobby"]}', '{"tags":["lobby"]}'],
    ])
  })

  it("are still found by after a rename, and go with the device", async () => {
    await tagDevice(store, { ...by, add: ["lobby"], remove: [] })
    expect(await renameDevice(store, { ...by, label: "Front" })).toEqual({ ok: true })
    expect(await found("lobby")).toBe(1)
    expect(await removeDevice(store, by)).toMatchObject({ ok: true })
    expect(await tags()).toEqual([])
  })

  it("refuse what changes nothing, what is too many, and a device that is not there, without an entry", async () => {
    const many = Array.from({ length: mostTags }, (_, index) => `tag-${index}`)
    expect(await tagDevice(store, { ...by, add: many, remove: [] })).toEqual({ ok: true })
    expect(await tagDevice(store, { ...by, add: ["tag-1"], remove: ["other"] })).toEqual({
      ok: false,
      because: "nothing-to-change",
    })
    expect(await tagDevice(store, { ...by, add: ["more"], remove: [] })).toEqual({
      ok: false,
      because: "too-many-tags",
    })
    expect(await tagDevice(store, { ...by, deviceId: "dev-9", add: ["x"], remove: [] })).toEqual({
      ok: false,
      because: "unknown-device-or-role",
    })
    expect(await store.db.auditEntry.count({ where: { action: "device.tagged" } })).toBe(1)
  })
})
