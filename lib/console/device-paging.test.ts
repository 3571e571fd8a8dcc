import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { migrate } from "@/lib/store/migrate"
import { cursorToText, type DeviceFilter } from "./device-filter"
import { findDevicePage } from "./device-paging"
import { parseDeviceFilter, type SearchParams } from "./parse-device-filter"
import { isBounded, openWatched } from "./testing-queries"

const dayMs = 86_400_000
const nowMs = 1_000 * dayMs
const total = 1_500

type Seeded = {
  deviceId: string
  sortName: string
  lastSeenAtMs: number | null
  pairedAtMs: number
  isNarrowed: boolean
  endsSoon: boolean
  isRevoked: boolean
  isSilent: boolean
  isBlocked: boolean
  approvedVia: string
  role: string
  scopes: string[]
  terms: string[]
}

const fleet: readonly Seeded[] = Array.from({ length: total }, (_, index) => {
  const name = `${["laptop", "phone", "rack"][index % 3]} ${index % 40}`
  const role = index % 3 === 2 ? "node" : "operator"
  const deviceId = ((index * 7919) % 65_521).toString(16).padStart(4, "0").repeat(16)
  return {
    deviceId,
    sortName: name,
    lastSeenAtMs: index % 10 === 0 ? null : nowMs - (index % 90) * dayMs,
    pairedAtMs: nowMs - (100 + (index % 50)) * dayMs,
    isNarrowed: index % 500 === 1,
    isRevoked: index % 2 === 0,
    isSilent: index % 5 === 0,
    isBlocked: false,
    endsSoon: index % 700 === 2,
    approvedVia: index % 4 === 0 ? "local" : "person",
    role,
    scopes: role === "node" ? [] : ["operator.read", ...(index % 100 === 3 ? ["operator.admin"] : [])],
    terms: [...name.split(" "), deviceId, `role:${role}`],
  }
})

const online = new Set(fleet.slice(0, 7).map((device) => device.deviceId))
const dir = mkdtempSync(join(tmpdir(), "gatehouse-paging-"))
const file = join(dir, "gatehouse.db")

let watched: ReturnType<typeof openWatched>
let db: PrismaClient

beforeAll(async () => {
  await migrate({ dialect: "sqlite", file })
  watched = openWatched(file)
  db = watched.db
  await db.device.createMany({
    data: fleet.map(({ role, scopes, terms: _terms, ...device }) => ({
      ...device,
      publicKey: device.deviceId,
      roles: role,
      approvedScopes: scopes.join(" "),
      approvedAtMs: device.pairedAtMs,
      revision: 1,
    })),
  })
  await db.deviceTerm.createMany({
    data: fleet.flatMap(({ deviceId, terms }) => terms.map((term) => ({ deviceId, term }))),
  })
  await db.deviceScope.createMany({
    data: fleet.flatMap(({ deviceId, scopes }) => scopes.map((scope) => ({ deviceId, kind: "approved", scope }))),
  })
}, 60_000)

afterAll(async () => {
  await db.$disconnect()
  rmSync(dir, { recursive: true, force: true })
})

function matches(device: Seeded, filter: DeviceFilter): boolean {
  return (
    filter.q.split(" ").every((word) => device.terms.some((term) => term.startsWith(word))) &&
    (filter.role === null || device.role === filter.role) &&
    (filter.scope === null || device.scopes.includes(filter.scope)) &&
    (filter.via === null || device.approvedVia === filter.via) &&
    (!filter.marks.includes("narrowed") || device.isNarrowed) &&
    (!filter.marks.includes("revoked") || device.isRevoked) &&
    (!filter.marks.includes("silent") || device.isSilent) &&
    (!filter.marks.includes("blocked") || device.isBlocked) &&
    (!filter.marks.includes("ending-soon") || device.endsSoon) &&
    (!filter.marks.includes("online") || online.has(device.deviceId)) &&
    (filter.unseenDays === null || !online.has(device.deviceId)) &&
    (filter.unseenDays === null || (device.lastSeenAtMs ?? device.pairedAtMs) < nowMs - filter.unseenDays * dayMs)
  )
}

/** What the list should hold, worked out without a database. */
function expected(filter: DeviceFilter): string[] {
  const sign = filter.sort.startsWith("-") ? -1 : 1
  const column = filter.sort.endsWith("name")
    ? "sortName"
    : filter.sort.endsWith("seen")
      ? "lastSeenAtMs"
      : "pairedAtMs"
  const order = (first: Seeded, second: Seeded) => {
    const [a, b] = [first[column], second[column]]
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1
    } else if (a !== b) {
      return a < b ? -sign : sign
    }
    return first.deviceId < second.deviceId ? -sign : sign
  }
  return fleet
    .filter((device) => matches(device, filter))
    .toSorted(order)
    .map((device) => device.deviceId)
}

const lists: [string, SearchParams][] = [
  ["everything by name", {}],
  ["everything by name, backwards", { sort: "-name" }],
  ["everything by last seen, those never seen at the end", { sort: "-seen" }],
  ["longest unseen first, those never seen at the end", { sort: "seen" }],
  ["by pairing", { sort: "-paired" }],
  ["a word that many have", { q: "lap" }],
  ["two words", { q: "lap 7" }],
  ["a word that one has", { q: fleet[11]?.deviceId ?? "" }],
  ["a word that nobody has", { q: "teapot" }],
  ["a role", { role: "node" }],
  ["a role by last seen", { role: "operator", sort: "-seen" }],
  ["a rare scope", { scope: "operator.admin", sort: "-seen" }],
  ["a common scope", { scope: "operator.read" }],
  ["a common mark", { is: "revoked" }],
  ["a common mark by pairing", { is: "revoked", sort: "paired" }],
  ["a rare mark", { is: "narrowed" }],
  ["what ends soon", { is: "ending-soon" }],
  ["what ends soon, by last seen", { is: "ending-soon", sort: "-seen" }],
  ["a mark that nobody bears", { is: "blocked" }],
  ["two common marks and a role", { is: ["revoked", "silent"], role: "operator" }],
  ["a lane", { via: "local" }],
  ["a person, and a role", { via: "person", role: "operator", sort: "-name" }],
  ["those online", { is: "online" }],
  ["those unseen for a month", { unseen: "30", sort: "seen" }],
  ["those unseen for a month, revoked", { unseen: "30", is: "revoked" }],
]

describe("paging through the list", () => {
  it.each(lists)("%s: forwards it shows each device once and in order, backwards the same", async (_name, params) => {
    const filter = parseDeviceFilter(params)
    const want = expected(filter)
    const circumstances = { nowMs, online }

    const forwards: string[] = []
    let page = await findDevicePage(db, filter, circumstances)
    expect(page.previous).toBeNull()
    let pages = 1
    forwards.push(...page.ids)
    while (page.next !== null) {
      const after = cursorToText(page.next)
      page = await findDevicePage(db, parseDeviceFilter({ ...params, after }), circumstances)
      forwards.push(...page.ids)
      pages += 1
    }
    expect(forwards).toEqual(want)

    const backwards: string[] = [...page.ids]
    while (page.previous !== null) {
      const before = cursorToText(page.previous)
      page = await findDevicePage(db, parseDeviceFilter({ ...params, before }), circumstances)
      backwards.unshift(...page.ids)
      pages -= 1
    }
    expect(backwards).toEqual(want)
    expect(pages).toBe(1)
  })

  it.each(lists)("%s: the count is right, or says that there are more", async (_name, params) => {
    const filter = parseDeviceFilter(params)
    const { count } = await findDevicePage(db, filter, { nowMs, online })
    const want = expected(filter).length
    if (count.more) expect(count.value).toBeLessThan(want)
    else expect(count.value).toBe(want)
  })

  it.each(lists)("%s: no query scans a table or sorts outside an index", async (_name, params) => {
    watched.forget()
    const first = await findDevicePage(db, parseDeviceFilter(params), { nowMs, online })
    if (first.next !== null) {
      const after = cursorToText(first.next)
      await findDevicePage(db, parseDeviceFilter({ ...params, after }), { nowMs, online })
    }
    const plans = await watched.plans()
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.filter((plan) => !isBounded(plan))).toEqual([])
  })
})
