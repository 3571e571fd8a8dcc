import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { connectDevice } from "@/lib/store/connect-device"
import { installStore } from "@/lib/store/instance"
import { lowerCeiling } from "@/lib/store/lower-ceiling"
import { removeDevice } from "@/lib/store/remove-device"
import { rotateToken } from "@/lib/store/rotate-token"
import type { Store } from "@/lib/store/store"
import { openStoreAt, testLocation } from "@/lib/store/testing"
import { admin, knock } from "@/lib/store/testing-connect"
import { loadDevice } from "./device"
import { loadDeviceEvents } from "./device-events"
import { loadWhy } from "./device-why"
import { loadDevices } from "./devices"
import { parseDeviceFilter } from "./parse-device-filter"
import { readAs } from "./testing-console"
import { isBounded, openWatched } from "./testing-queries"

vi.mock("next/headers", () => import("./testing-console"))

const [read, write, pairing] = ["operator.read", "operator.write", "operator.pairing"]
const scopes = [read, write, pairing]
const startMs = Date.now() - 10 * 86_400_000

let store: Store
let watched: ReturnType<typeof openWatched>

/** Asks and is approved by Ada, then comes in. */
async function pair(device: string, asked: string[], atMs: number) {
  const { decision } = await connect(device, asked, atMs)
  if (decision.kind !== "pending") throw new Error(`expected a request, not ${decision.kind}`)
  const { requestId } = decision.request
  await approveRequest(store, { requestId, from: "console", actor: admin, nowMs: atMs + 1_000 })
  return connect(device, asked, atMs + 2_000)
}

async function connect(device: string, asked: string[], nowMs: number, from: "lan" | "loopback" = "lan") {
  const answer = await connectDevice(store, knock({ device, scopes: asked, nowMs, from }))
  if (!answer.ok) throw new Error(answer.because)
  return answer
}

beforeAll(async () => {
  const location = await testLocation("sqlite")
  const opened = await openStoreAt(location)
  watched = openWatched(join(location.dataDir, "gatehouse.db"))
  store = { ...opened, db: watched.db }
  installStore(store)
  await readAs(store, "viewer")
  await connect("laptop", [read], startMs, "loopback")
  await pair("laptop", scopes, startMs + 10_000)
  await lowerCeiling(store, {
    deviceId: "laptop",
    remove: [pairing],
    actor: admin,
    confirmedLockout: true,
    nowMs: startMs + 20_000,
  })
  const mode = { kind: "on-pickup" } as const
  const rotation = { deviceId: "laptop", role: "operator", scopes: [read], mode, rememberNarrowing: true } as const
  await rotateToken(store, { ...rotation, actor: admin, nowMs: startMs + 30_000 })
  await connect("laptop", [read, "operator.admin"], Date.now() - 1_000)
}, 60_000)

afterAll(() => watched.db.$disconnect())

it("tells of an old token while it lets its device in, and no longer", async () => {
  const predecessors = async (device: string) => (await loadDevice(device))?.paired?.roles[0]?.token?.predecessors
  expect(await predecessors("laptop")).toEqual([])
  await pair("slate", [read, write], startMs)
  const rotation = { deviceId: "slate", role: "operator", scopes: [read], mode: { kind: "on-pickup" } } as const
  await rotateToken(store, { ...rotation, rememberNarrowing: true, actor: admin, nowMs: Date.now() })
  expect(await predecessors("slate")).toMatchObject([{ untilMs: expect.any(Number) }])
})

describe("the page of a device", () => {
  it("tells current from approved scopes, each with who or which rule it came from", async () => {
    const role = (await loadDevice("laptop"))?.paired?.roles[0]
    const right = (scope: string | undefined) => role?.scopes.find((each) => each.scope === scope)
    expect(right(read)).toMatchObject({ inToken: true, isApproved: true, approved: { silent: true } })
    expect(right(write)).toMatchObject({
      inToken: false,
      isApproved: true,
      approved: { silent: false, actor: { name: "Ada" } },
      left: { atMs: startMs + 30_000 },
    })
    expect(right(pairing)).toMatchObject({ isApproved: false, isWithheld: true, withheld: { actor: { name: "Ada" } } })
  })

  it("says where the token stands, and shows no more of it than the beginning of its id", async () => {
    const device = await loadDevice("laptop")
    const token = device?.paired?.roles[0]?.token
    expect(token).toMatchObject({ standing: "waiting", issuedHow: "rotation", issuedBy: "Ada", scopes: [read] })
    expect(token?.idPrefix).toHaveLength(8)
    const { tokenId } = await store.db.token.findFirstOrThrow({ where: { deviceId: "laptop" } })
    const shown = JSON.stringify([device, await loadDeviceEvents("laptop", null)])
    expect(shown).not.toContain(tokenId)
    expect(shown).not.toContain(store.keys.deriveToken(tokenId, "laptop", "operator"))
  })

  it("draws the history of each scope, and the commands that cut across it", async () => {
    const history = (await loadDevice("laptop"))?.history
    const lane = (scope: string | undefined) => history?.lanes.find((each) => each.scope === scope)
    expect(lane(write)?.approved).toEqual([{ fromMs: startMs + 11_000, untilMs: null }])
    expect(lane(write)?.inToken).toEqual([{ fromMs: startMs + 11_000, untilMs: startMs + 30_000 }])
    expect(lane(pairing)?.approved).toEqual([{ fromMs: startMs + 11_000, untilMs: startMs + 20_000 }])
    expect(lane(read)?.marks[0]?.kind).toBe("silent")
    expect(history?.turns.map((turn) => [turn.kind, turn.scopes])).toEqual([
      ["lowered", []],
      ["rotated", [read]],
    ])
  })

  it("shows the request that waits", async () => {
    const waiting = (await loadDevice("laptop"))?.waiting
    expect(waiting).toMatchObject([{ reason: "scope-upgrade", tries: 1, scopes: [read, "operator.admin"] }])
  })

  it("knows a removed device by its past, and nothing of a stranger", async () => {
    await pair("phone", [read], startMs)
    await removeDevice(store, { deviceId: "phone", actor: admin, nowMs: startMs + 60_000 })
    expect(await loadDevice("phone")).toMatchObject({ paired: null, name: "Laptop" })
    expect(await loadDevice("nobody")).toBeNull()
  })

  it("shows who blocked a device, and keeps its rights in sight", async () => {
    await pair("tablet", [read], startMs)
    await blockDevice(store, { deviceId: "tablet", note: "sold", actor: admin, nowMs: startMs + 60_000 })
    const device = await loadDevice("tablet")
    expect(device?.block).toEqual({ atMs: startMs + 60_000, byName: "Ada", note: "sold", toldReason: null })
    expect(device?.paired?.roles[0]?.ceiling).toEqual([read])
  })
})

describe("what happened to a device", () => {
  it("is told newest first, and page by page without gap or repetition", async () => {
    for (let index = 0; index < 40; index += 1) {
      const label = `name ${index}`
      const about = {
        atMs: startMs + 100_000 + (index >> 2),
        action: "device.renamed",
        actorKind: "admin",
        actorName: "Ada",
      }
      const data = {
        id: `e${String(index).padStart(3, "0")}`,
        ...about,
        deviceId: "laptop",
        after: JSON.stringify({ label }),
      }
      await store.db.auditEntry.create({ data })
    }
    const first = await loadDeviceEvents("laptop", null)
    const [atMs, id] = (first.next ?? "").split("~")
    const second = await loadDeviceEvents("laptop", { atMs: Number(atMs), id: id ?? "" })
    const ids = [...first.rows, ...second.rows].map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(await store.db.auditEntry.count({ where: { deviceId: "laptop" } }))
    const instants = [...first.rows, ...second.rows].map((row) => row.atMs)
    expect(instants).toEqual(instants.toSorted((one, other) => other - one))
  })

  it("says of a request why it waited and what became of it", async () => {
    const { rows } = await loadDeviceEvents("laptop", null)
    const filed = rows.find((row) => row.kind === "entry" && row.entry.action === "request.filed")
    expect(filed).toMatchObject({ request: { status: "pending", manual: "not-local", missing: ["operator.admin"] } })
  })
})

describe("why a device can do something", () => {
  it("is answered from what was written down, for a scope and for a method", async () => {
    expect(await loadWhy("laptop", "agents.list", null)).toMatchObject({ scope: read, answer: { kind: "can" } })
    expect(await loadWhy("laptop", "operator.write", null)).toMatchObject({
      answer: { kind: "narrowed", cause: { actor: { name: "Ada" }, atMs: startMs + 30_000 } },
    })
    expect(await loadWhy("laptop", "operator.write", startMs + 25_000)).toMatchObject({
      ...{ atMs: startMs + 25_000, isBefore: false },
      answer: { kind: "can", granted: { actor: { name: "Ada" } }, inTokenSinceMs: startMs + 11_000 },
    })
    expect(await loadWhy("laptop", "node.list", null)).toMatchObject({ scope: read, answer: { kind: "can" } })
    expect(await loadWhy("laptop", "node.frobnicate", null)).toMatchObject({ answer: { kind: "unknown-method" } })
    expect(await loadWhy("laptop", "no.such.method", null)).toMatchObject({ answer: { kind: "unknown-method" } })
  })
})

it("reads both pages by indexes only", async () => {
  watched.forget()
  await loadDevice("laptop")
  await loadDeviceEvents("laptop", { atMs: Date.now(), id: "x" })
  await loadWhy("laptop", "operator.write", Date.now() - 1_000)
  await loadDevices(parseDeviceFilter({}))
  const plans = (await watched.plans()).filter(({ sql }) => !/`(Setting|PolicyVersion)`/.test(sql))
  expect(plans.length).toBeGreaterThan(10)
  expect(plans.filter((plan) => !isBounded(plan))).toEqual([])
})
