import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { migrate } from "@/lib/store/migrate"
import { findRequests } from "./find-requests"
import { openWatched } from "./testing-queries"

const dir = mkdtempSync(join(tmpdir(), "gatehouse-find-"))
const file = join(dir, "gatehouse.db")
const total = 3_000
let watched: ReturnType<typeof openWatched>

beforeAll(async () => {
  await migrate({ dialect: "sqlite", file })
  watched = openWatched(file)
  const rows = Array.from({ length: total }, (_, index) => ({
    ...{ deviceId: index.toString(16).padStart(64, "0"), displayName: `Phone ${index}`, requestId: `abcd-${index}` },
    ...{ publicKey: `key ${index}`, role: "operator", scopes: "operator.read", reason: "not-paired", tries: 1 },
    ...{ address: "10.0.0.1", circumstances: "{}", filedAtMs: index, triedAtMs: index },
    ...(index % 50 === 0 ? { status: "pending" } : { status: "approved", endedAtMs: index }),
  }))
  await watched.db.request.createMany({ data: rows })
  await watched.db.knownName.createMany({
    data: rows.flatMap(({ deviceId, displayName }) =>
      displayName
        .toLowerCase()
        .split(" ")
        .map((term) => ({ deviceId, term })),
    ),
  })
  await watched.db.$executeRawUnsafe("ANALYZE")
}, 60_000)

afterAll(async () => {
  await watched.db.$disconnect()
  rmSync(dir, { recursive: true, force: true })
})

const find = (...words: string[]) => findRequests(watched.db, words, { most: 5, oldestTryMs: 0 })

it.each([["phone"], ["phone 17"], ["0000"], ["abcd-10"], ["toaster"]])(
  "%s: no query scans a table or reads without a limit",
  async (text) => {
    watched.forget()
    await find(...text.split(" "))
    const plans = await watched.plans()
    expect(plans.length).toBeGreaterThan(0)
    // What was found may be sorted, for it is a bounded number of rows.
    expect(plans.filter(({ steps }) => steps.some((step) => step.startsWith("SCAN")))).toEqual([])
    expect(plans.filter(({ sql }) => !/ LIMIT | IN \(/.test(sql))).toEqual([])
  },
)

it("finds one of thousands by the rarer of its words", async () => {
  expect(await find("phone", "2999")).toMatchObject({ rows: [{ name: "Phone 2999", status: "approved" }] })
})

it("says that there are more where a name is one of many", async () => {
  const { rows, isMore } = await find("phone")
  expect(rows.map((row) => row.status)).toEqual(Array.from({ length: 5 }, () => "pending"))
  expect(isMore).toBe(true)
})
