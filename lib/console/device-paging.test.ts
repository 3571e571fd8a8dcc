import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sqliteFile } from "@/lib/store/client"
import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { dialects, openStoreAt, testLocation } from "@/lib/store/testing"
import { cursorToText, type DeviceFilter } from "./device-filter"
import { findDevicePage } from "./device-paging"
import { parseDeviceFilter } from "./parse-device-filter"
import { fleet, lists, matches, nowMs, online, type Seeded, seedFleet, shows } from "./testing-fleet"
import { isBounded, openWatched } from "./testing-queries"

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
    .filter((device) => shows(filter, device))
    .toSorted(order)
    .map((device) => device.deviceId)
}

describe.each(dialects)("paging through the list on %s", (dialect) => {
  let db: PrismaClient
  let watched: ReturnType<typeof openWatched>

  beforeAll(async () => {
    const location = await testLocation(dialect)
    db = (await openStoreAt(location)).db
    watched = openWatched(sqliteFile(location.dataDir))
    await seedFleet(db)
  })
  afterAll(() => watched.db.$disconnect())

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
    // Older keys of a machine are folded away, and counted all the same.
    const want = fleet.filter((device) => matches(device, filter)).length
    if (count.more) expect(count.value).toBeLessThan(want)
    else expect(count.value).toBe(want)
  })

  it.each(dialect === "sqlite" ? lists : [])(
    "%s: no query scans a table or sorts outside an index",
    async (_name, params) => {
      watched.forget()
      const first = await findDevicePage(watched.db, parseDeviceFilter(params), { nowMs, online })
      if (first.next !== null) {
        const after = cursorToText(first.next)
        await findDevicePage(watched.db, parseDeviceFilter({ ...params, after }), { nowMs, online })
      }
      const plans = await watched.plans()
      expect(plans.length).toBeGreaterThan(0)
      expect(plans.filter((plan) => !isBounded(plan))).toEqual([])
    },
  )
})
