import { beforeAll, describe, expect, it } from "vitest"
import { connectDevice } from "@/lib/store/connect-device"
import type { Store } from "@/lib/store/store"
import { openTestStore } from "@/lib/store/testing"
import { knock } from "@/lib/store/testing-connect"
import { type AuditFilter, parseAuditFilter } from "./audit-filter"
import { formatCursor, newerThan, parseCursor, readEntries, toAuditRows, whereAudit } from "./audit-rows"

const everything = parseAuditFilter({})
const laptop = "ab".repeat(32)
const phone = "cd".repeat(32)
let store: Store

beforeAll(async () => {
  store = await openTestStore("sqlite")
  const device = {
    publicKey: "k",
    roles: "operator",
    approvedVia: "person",
    pairedAtMs: 1,
    approvedAtMs: 1,
    revision: 1,
  }
  await store.db.device.create({
    data: { ...device, deviceId: laptop, displayName: "Ops laptop", label: "Mara's", sortName: "mara's" },
  })
  await store.db.knownName.createMany({
    data: ["ops", "laptop", "mara's"].map((term) => ({ term, deviceId: laptop })),
  })
  const entry = (index: number) => ({
    id: `e${String(index).padStart(3, "0")}`,
    // Seven entries to an instant.
    atMs: 1_000 + Math.floor(index / 7),
    action: index % 3 === 0 ? "token.rotated" : "device.renamed",
    actorKind: index % 2 === 0 ? "admin" : "rule",
    actorId: index % 2 === 0 ? "admin-1" : null,
    actorName: index % 2 === 0 ? "Mara" : index % 4 === 1 ? "local" : "same-key",
    deviceId: index % 5 === 0 ? phone : laptop,
    before: JSON.stringify({ name: "Old phone" }),
  })
  await store.db.auditEntry.createMany({ data: Array.from({ length: 60 }, (_, index) => entry(index)) })
})

const found = async (filter: Partial<AuditFilter>) =>
  (await readEntries(store, { ...everything, ...filter }, null, 100)).map((entry) => Number(entry.id.slice(1)))

describe("paging", () => {
  it("meets every entry once, newest first, whatever shares an instant", async () => {
    const met: string[] = []
    let from = null
    for (;;) {
      const page = await readEntries(store, everything, from, 8)
      met.push(...page.map((entry) => entry.id))
      const last = page.at(-1)
      if (last === undefined || page.length < 8) break
      from = parseCursor(formatCursor(last))
    }
    const expected = Array.from({ length: 60 }, (_, index) => `e${String(59 - index).padStart(3, "0")}`)
    expect(met).toEqual(expected)
  })

  it("counts what came after a place, equal instants included", async () => {
    const place = { atMs: 1_000 + Math.floor(50 / 7), id: "e050" }
    expect(await store.db.auditEntry.count({ where: newerThan(place) })).toBe(9)
  })

  it.each([null, "", "~", "x~y", "5", "Infinity~a"])("takes %j for no place", (text) => {
    expect(parseCursor(text)).toBeNull()
  })
})

describe("filters", () => {
  it.each<[string, Partial<AuditFilter>, (index: number) => boolean]>([
    ["an admin", { admin: "admin-1" }, (index) => index % 2 === 0],
    ["a kind of actor", { actorKind: "rule" }, (index) => index % 2 === 1],
    ["one of the rules", { rule: "same-key" }, (index) => index % 4 === 3],
    ["an action", { action: "token.rotated" }, (index) => index % 3 === 0],
    ["a device id", { device: phone }, (index) => index % 5 === 0],
    ["the beginning of a device id", { device: "ABABABABAB" }, (index) => index % 5 !== 0],
    ["a word of a device's name", { device: "Lap" }, (index) => index % 5 !== 0],
    ["a word that names no device", { device: "toaster" }, () => false],
    ["a time, its end excluded", { fromMs: 1_001, untilMs: 1_002 }, (index) => Math.floor(index / 7) === 1],
    ["all at once", { admin: "admin-1", action: "token.rotated", device: phone }, (index) => index % 30 === 0],
  ])("by %s", async (_case, filter, matches) => {
    const expected = Array.from({ length: 60 }, (_, index) => 59 - index).filter(matches)
    expect(await found(filter)).toEqual(expected)
  })

  it("have no condition where nothing is asked", async () => {
    expect(await whereAudit(store, everything)).toEqual({})
  })
})

it("names devices as they are called now, and removed ones as they were", async () => {
  const rows = await toAuditRows(store, await readEntries(store, everything, null, 60))
  const named = new Map(rows.map((row) => [row.device?.id, row.device]))
  expect(named.get(laptop)).toEqual({ id: laptop, name: "Mara's", exists: true })
  expect(named.get(phone)).toEqual({ id: phone, name: "Old phone", exists: false })
})

it("knows that what is not paired has a page where its key is blocked or it asked", async () => {
  const [blocked, asking, gone] = ["ef".repeat(32), "01".repeat(32), "23".repeat(32)]
  await store.db.block.create({ data: { publicKey: "b", deviceId: blocked, atMs: 1, byName: "Mara" } })
  await connectDevice(store, knock({ device: asking }))
  const entry = (deviceId: string) => ({
    ...{ id: deviceId, atMs: 1, action: "device.blocked", actorKind: "system", actorId: null, actorName: "Gatehouse" },
    ...{ deviceId, subject: null, before: null, after: null, note: null, seq: null, hash: null },
  })
  const rows = await toAuditRows(store, [blocked, asking, gone].map(entry))
  expect(rows.map((row) => row.device?.exists)).toEqual([true, true, false])
  // It is called what it called itself when it asked.
  expect(rows.map((row) => row.device?.name)).toEqual(["", "Laptop", ""])
})

it("shows an entry of another version instead of hiding it", async () => {
  const [row] = await toAuditRows(store, [
    {
      ...{ id: "x", atMs: 1, action: "device.teleported", actorKind: "system", actorId: null, actorName: "Gatehouse" },
      ...{ deviceId: null, subject: null, before: null, after: null, note: null, seq: 3, hash: "h" },
    },
  ])
  expect(row).toMatchObject({ action: null, actionName: "device.teleported", seal: { seq: 3, hash: "h" } })
})
