import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { platformKinds } from "@/lib/pairing/platform-kind"
import { sqliteFile } from "@/lib/store/client"
import type { Store } from "@/lib/store/store"
import { dialects, openStoreAt, testLocation } from "@/lib/store/testing"
import { findDeviceFacets } from "./device-facets"
import { approvedViaChoices, type DeviceFilter, deviceMarks, plainFilter, unseenChoices } from "./device-filter"
import { parseDeviceFilter } from "./parse-device-filter"
import { fleet, lists, matches, nowMs, online, seedFleet } from "./testing-fleet"
import { openWatched, type Plan } from "./testing-queries"

/** What each choice alone lets through. */
const choices: readonly (readonly [string, DeviceFilter])[] = [
  ...deviceMarks.map((mark) => [`is:${mark}`, { ...plainFilter, marks: [mark] }] as const),
  ...unseenChoices.map((days) => [`unseen:${days}`, { ...plainFilter, unseenDays: days }] as const),
  ["scope:operator.read", { ...plainFilter, scope: "operator.read" }],
  ["scope:operator.admin", { ...plainFilter, scope: "operator.admin" }],
  ["role:operator", { ...plainFilter, role: "operator" }],
  ["role:node", { ...plainFilter, role: "node" }],
  ["tag:kiosk", { ...plainFilter, tag: "kiosk" }],
  ["tag:fleet", { ...plainFilter, tag: "fleet" }],
  ...platformKinds.map((platform) => [`platform:${platform}`, { ...plainFilter, platform }] as const),
  ...approvedViaChoices.map((via) => [`via:${via}`, { ...plainFilter, via }] as const),
]

function countOf(filter: DeviceFilter, choice: DeviceFilter): number {
  return fleet.filter((device) => matches(device, filter) && matches(device, choice)).length
}

/** A statement walks through what its subquery found, and that through what an index leads to. */
function isBounded({ steps }: Plan): boolean {
  const scans = steps.filter((step) => step === "SCAN d").length
  const isKnown = (step: string) =>
    /^(SEARCH|CO-ROUTINE d$|SCAN d$|SCAN json_each VIRTUAL TABLE|LIST SUBQUERY|CREATE BLOOM FILTER|CORRELATED SCALAR SUBQUERY)/.test(
      step,
    )
  return scans <= 1 && steps.every(isKnown)
}

describe.each(dialects)("the numbers beside the choices on %s", (dialect) => {
  let store: Store
  let watched: ReturnType<typeof openWatched>

  beforeAll(async () => {
    const location = await testLocation(dialect)
    store = await openStoreAt(location)
    watched = openWatched(sqliteFile(location.dataDir))
    await seedFleet(store.db)
  })
  afterAll(() => watched.db.$disconnect())

  it.each(lists)("%s: are right, or say that there are more", async (_name, params) => {
    const filter = parseDeviceFilter(params)
    const facets = await findDeviceFacets(store, filter, { nowMs, online })
    for (const [key, choice] of choices) {
      const found = facets[key]
      if (key.startsWith("role:") && filter.role !== null) expect(found).toBeUndefined()
      else if (key.startsWith("via:") && filter.via !== null) expect(found).toBeUndefined()
      else if (key.startsWith("platform:") && filter.platform !== null) expect(found).toBeUndefined()
      else if (key.startsWith("tag:") && filter.tag !== null) expect(found).toBeUndefined()
      else if (key.startsWith("scope:") && filter.scope !== null) expect(found).toBeUndefined()
      else if (key.startsWith("unseen:") && filter.unseenDays !== null) expect(found).toBeUndefined()
      else {
        const want = countOf(filter, choice)
        expect(found, key).toEqual(want > 1_000 ? { value: 1_000, more: true } : { value: want, more: false })
      }
    }
  })

  it.each(dialect === "sqlite" ? lists : [])("%s: come from indexes alone", async (_name, params) => {
    const filter = parseDeviceFilter(params)
    watched.forget()
    await findDeviceFacets({ db: watched.db, dialect }, filter, { nowMs, online })
    const plans = (await watched.plans()).filter(({ sql }) => sql.includes("COUNT(CASE"))
    expect(plans.filter((plan) => !isBounded(plan))).toEqual([])
  })
})
