import { randomUUID } from "node:crypto"
import { beforeAll, describe, expect, it } from "vitest"
import { addAdmin } from "@/lib/store/admin-testing"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import { recordExpiredRequests } from "@/lib/store/record-expired-requests"
import { rejectRequest } from "@/lib/store/reject-request"
import { rotateToken } from "@/lib/store/rotate-token"
import type { Store } from "@/lib/store/store"
import { dialects, openTestStore } from "@/lib/store/testing"
import { admin, knock } from "@/lib/store/testing-connect"
import { parseAuditFilter } from "./audit-filter"
import { readEntries } from "./audit-rows"
import { findDevicePage } from "./device-paging"
import { readKeysWithoutDevice } from "./keys-without-device"
import { readOverview } from "./overview-figures"
import { decisionsHref, devicesHref, ruleHref } from "./overview-links"
import type { Overview } from "./overview-types"
import { parseDeviceFilter, readSearchParams } from "./parse-device-filter"

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
/** Shortly before midnight, UTC, so that a moment later is another day. */
const eveMs = 20_000 * dayMs - minuteMs
const nowMs = eveMs + 3 * dayMs

describe.each(dialects)("on %s the overview", (dialect) => {
  let store: Store
  let adaId: string
  let seen: Overview

  const look = (over: Partial<Parameters<typeof readOverview>[1]> = {}) =>
    readOverview(store, { period: 30, allRotations: false, ...over }, nowMs)

  async function ask(atMs: number, over: Parameters<typeof knock>[0] = {}): Promise<string> {
    const answer = await connectDevice(store, knock({ nowMs: atMs, device: randomUUID(), ...over }))
    if (!answer.ok || answer.decision.kind !== "pending") throw new Error("Expected to wait.")
    return answer.decision.request.requestId
  }

  const decide = async (how: typeof approveRequest | typeof rejectRequest, id: string, filed: number, took: number) => {
    const requestId = await ask(filed)
    const actor = { ...admin, id }
    const result = await how(store, { requestId, from: "console", actor, nowMs: filed + took })
    expect(result).toMatchObject({ ok: true })
    return requestId
  }

  const entries = async (href: string) => {
    const filter = parseAuditFilter(Object.fromEntries(new URL(href, "http://here").searchParams))
    return (await readEntries(store, filter, null, 1_000)).length
  }

  const listed = async (href: string) => {
    const filter = parseDeviceFilter(readSearchParams(new URL(href, "http://here").searchParams))
    const online = await store.presence.devices()
    return (await findDevicePage(store.db, filter, { nowMs, online })).count
  }

  beforeAll(async () => {
    store = await openTestStore(dialect, { chores: "leave" })
    expect(await look()).toMatchObject({ isEmpty: true, timing: null, people: [] })
    adaId = await addAdmin(store, { name: "Ada" })
    // Before the period of a week, and of a month.
    await decide(approveRequest, adaId, eveMs - 60 * dayMs, 10_000)
    await decide(rejectRequest, adaId, eveMs - 20 * dayMs, 20_000)
    await decide(approveRequest, adaId, eveMs, 30_000)
    await decide(approveRequest, adaId, eveMs, 2 * minuteMs)
    await decide(rejectRequest, "bob", eveMs + 2 * minuteMs, 40_000)
    await connectDevice(store, knock({ nowMs: eveMs, device: "at home", from: "loopback" }))
    await connectDevice(store, knock({ nowMs: eveMs + 2 * dayMs, device: "also at home", from: "loopback" }))
    await ask(eveMs + dayMs)
    await recordExpiredRequests(store, eveMs + dayMs + 10 * minuteMs)
    await ask(nowMs - minuteMs)
    await ask(nowMs - 2_000)
    await ask(nowMs - 1_000, { device: "at home", scopes: ["operator.admin"] })
    await store.observed.flush()
    seen = await look()
  })

  it("counts what waits by its reason, as the inbox lists it", () => {
    expect(seen.pending).toEqual({
      total: 3,
      oldestFiledAtMs: nowMs - minuteMs,
      byReason: [
        { reason: "not-paired", count: 2 },
        { reason: "scope-upgrade", count: 1 },
      ],
    })
  })

  it("puts each decision on its day, and counts no day twice or not at all", () => {
    const none = { blocked: 0, undone: 0, reopened: 0 }
    expect(seen.totals).toEqual({ approved: 2, rejected: 2, silent: 2, expired: 1, ...none })
    expect(seen.days).toHaveLength(30)
    expect(seen.days.at(-1)?.startMs).toBe(Math.floor(nowMs / dayMs) * dayMs)
    const last = seen.days.slice(-4).map(({ startMs: _, ...counts }) => counts)
    expect(last).toEqual([
      { approved: 1, rejected: 0, blocked: 0, silent: 1, expired: 0 },
      { approved: 1, rejected: 1, blocked: 0, silent: 0, expired: 0 },
      { approved: 0, rejected: 0, blocked: 0, silent: 1, expired: 1 },
      { approved: 0, rejected: 0, blocked: 0, silent: 0, expired: 0 },
    ])
  })

  it.each([7, 30, 90] as const)("counts what the audit log lists behind each number, over %i days", async (period) => {
    const overview = await look({ period })
    const { fromMs } = overview
    for (const outcome of ["approved", "rejected", "silent", "expired"] as const) {
      expect(await entries(decisionsHref({ outcome, fromMs })), outcome).toBe(overview.totals[outcome])
      for (const { startMs, ...day } of overview.days.slice(-5)) {
        const href = decisionsHref({ outcome, fromMs: startMs, untilMs: startMs + dayMs })
        expect(await entries(href), `${outcome} ${startMs}`).toBe(day[outcome])
      }
    }
    for (const person of overview.people) {
      for (const outcome of ["approved", "rejected"] as const) {
        expect(await entries(decisionsHref({ outcome, fromMs, person: person.id }))).toBe(person[outcome])
      }
    }
    for (const { lane, count } of overview.lanes) {
      expect(await entries(ruleHref(lane, fromMs)), lane).toBe(count)
    }
  })

  it("names those who decided most first, and grants by their rule", () => {
    expect(seen.people).toEqual([
      { id: adaId, name: "Ada", approved: 2, rejected: 1, blocked: 0, undone: 0, reopened: 0 },
      {
        id: "bob",
        name: "Somebody without an account",
        ...{ approved: 0, rejected: 1, blocked: 0, undone: 0, reopened: 0 },
      },
    ])
    expect(seen.lanes.filter(({ count }) => count > 0)).toEqual([{ lane: "local", count: 2 }])
  })

  it("takes the times of people only, and leads to the request that took as long", async () => {
    expect(seen.timing).toMatchObject({
      sample: 4,
      isCut: false,
      median: { tookMs: 30_000 },
      ninety: { tookMs: 120_000 },
    })
    const { median } = seen.timing ?? {}
    const row = await store.db.request.findUniqueOrThrow({ where: { requestId: median?.requestId ?? "" } })
    expect((row.endedAtMs ?? 0) - row.filedAtMs).toBe(30_000)
  })

  it("counts devices by when they were seen, and by their marks, as the list of devices does", async () => {
    await store.db.device.updateMany({
      where: { deviceId: "also at home" },
      data: { lastSeenAtMs: nowMs - 40 * dayMs },
    })
    await blockDevice(store, { deviceId: "at home", actor: admin, nowMs })
    const check = async () => {
      const { devices } = await look()
      expect(await listed(devicesHref({}))).toEqual({ value: devices.total, more: false })
      expect(await listed(devicesHref({ mark: "online" }))).toEqual(devices.online)
      for (const { days, ...count } of devices.unseen) {
        expect(await listed(devicesHref({ unseenDays: days })), `${days} days`).toEqual(count)
      }
      for (const { mark, value } of devices.marks) {
        // The page has the blocked keys that are no devices below its list.
        const keys = mark === "blocked" ? (await readKeysWithoutDevice(store)).found.length : 0
        expect((await listed(devicesHref({ mark }))).value + keys, mark).toBe(value)
      }
      return devices
    }
    const before = await check()
    expect(before.unseen.map(({ value }) => value)).toEqual([2, 2, 0, 0])
    expect(before.marks).toContainEqual({ mark: "blocked", value: 1, more: false })
    // One that has been connected for all that time is in sight.
    const connection = { role: "operator", scopes: [], address: "127.0.0.1", client: null } as const
    store.presence.add({ ...connection, connId: "c1", deviceId: "also at home", sinceMs: nowMs - 40 * dayMs })
    store.presence.add({ ...connection, connId: "c2", deviceId: "removed meanwhile", sinceMs: nowMs })
    const after = await check()
    expect(after.online).toEqual({ value: 1, more: false })
    expect(after.unseen.map(({ value }) => value)).toEqual([1, 1, 0, 0])
  })

  it("lists rotations until the new token is used, and says how long the old one is good", async () => {
    expect((await look()).rotations.rows).toEqual([])
    const rotate = async (device: string, atMs: number, kind: "at-once" | "on-pickup") => {
      const entered = await connectDevice(store, knock({ nowMs: atMs, device, from: "loopback" }))
      expect(entered).toMatchObject({ ok: true })
      const secret = entered.ok ? (entered.token?.secret ?? "") : ""
      const auth = { kind: "device-token", secret } as const
      const mode = kind === "at-once" ? ({ kind } as const) : ({ kind, graceMs: dayMs } as const)
      await connectDevice(store, knock({ nowMs: atMs + 1, device, from: "loopback", auth }))
      const about = { deviceId: device, role: "operator", mode, rememberNarrowing: false } as const
      const rotated = await rotateToken(store, { ...about, actor: admin, nowMs: atMs + 2 })
      return rotated.ok ? rotated.secret : ""
    }
    await rotate("old one", nowMs - 2 * dayMs, "on-pickup")
    const fresh = await rotate("fresh one", nowMs - minuteMs, "on-pickup")
    await rotate("leaked one", nowMs - minuteMs / 2, "at-once")
    const { count, rows } = (await look()).rotations
    expect(count).toEqual({ value: 3, more: false })
    expect(rows).toMatchObject([
      { deviceId: "old one", role: "operator", isDelivered: false, oldUntilMs: null },
      { deviceId: "fresh one", oldUntilMs: nowMs - minuteMs + 2 + dayMs },
      { deviceId: "leaked one", oldUntilMs: null },
    ])
    const auth = { kind: "device-token", secret: fresh } as const
    await connectDevice(store, knock({ nowMs, device: "fresh one", auth }))
    expect((await look()).rotations.rows.map(({ deviceId }) => deviceId)).toEqual(["old one", "leaked one"])
  })

  it("shows ten rotations, and all when asked, each once", async () => {
    const token = { role: "node", scopes: "", createdAtMs: 1, issuedHow: "rotation" }
    const device = { publicKey: "k", sortName: "n", roles: "node", approvedVia: "person", revision: 1 }
    const more = Array.from({ length: 12 }, (_, index) => ({
      ...device,
      deviceId: `n${index}`,
      pairedAtMs: 1,
      approvedAtMs: 1,
    }))
    await store.db.device.createMany({ data: more })
    await store.db.token.createMany({
      data: more.map(({ deviceId }, index) => ({ ...token, deviceId, tokenId: deviceId, issuedAtMs: index })),
    })
    const few = (await look()).rotations
    const all = (await look({ allRotations: true })).rotations
    expect(few.rows).toHaveLength(10)
    expect(few.count).toEqual({ value: all.rows.length, more: false })
    expect(new Set(all.rows.map((row) => row.deviceId)).size).toBe(all.rows.length)
  })
})
