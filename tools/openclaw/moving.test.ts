import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { connectDevice } from "@/lib/store/connect-device"
import { openStoreAt } from "@/lib/store/testing"
import { knock } from "@/lib/store/testing-connect"
import { createIdentity } from "../wire-identity"
import { bring } from "./bring"
import { handBack } from "./hand-back"
import { findStores } from "./stores"

const folder = mkdtempSync(join(tmpdir(), "gatehouse-moving-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let there: string
let runs = 0
beforeEach(() => {
  runs += 1
  there = join(folder, `there-${runs}`)
  mkdirSync(join(there, "devices"), { recursive: true })
})

const read = "operator.read"

function device(name: string, over: object = {}) {
  const { deviceId, publicKey } = createIdentity()
  const token = { token: `secret of ${name}`, role: "operator", scopes: [read], createdAtMs: 5 }
  return {
    ...{ deviceId, publicKey, displayName: name, role: "operator", roles: ["operator"], scopes: [read] },
    ...{ approvedScopes: [read], tokens: { operator: token }, approvedVia: "owner", createdAtMs: 1, approvedAtMs: 2 },
    ...over,
  }
}

type Foreign = ReturnType<typeof device>

function writeJson(name: string, records: Readonly<Record<string, unknown>>) {
  writeFileSync(join(there, "devices", name), JSON.stringify(records))
}

const byId = (devices: readonly Foreign[]) => Object.fromEntries(devices.map((each) => [each.deviceId, each]))

/** The store of a later release, with those of its columns that a fresh device fills. */
function writeSqlite(devices: readonly Foreign[]) {
  mkdirSync(join(there, "state"))
  const database = new Sqlite(join(there, "state", "openclaw.sqlite"))
  database.exec(`CREATE TABLE device_pairing_paired (device_id TEXT NOT NULL PRIMARY KEY, public_key TEXT NOT NULL,
    display_name TEXT, operator_label TEXT, role TEXT, roles_json TEXT, scopes_json TEXT, approved_scopes_json TEXT,
    tokens_json TEXT, approved_via TEXT, created_at_ms INTEGER NOT NULL, approved_at_ms INTEGER NOT NULL) STRICT;
    CREATE TABLE device_pairing_pending (request_id TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL,
    public_key TEXT NOT NULL, role TEXT, scopes_json TEXT, ts INTEGER NOT NULL, refreshed_at_ms INTEGER) STRICT`)
  const insert = database.prepare("INSERT INTO device_pairing_paired VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?)")
  for (const { deviceId, publicKey, displayName, role, roles, scopes, approvedScopes, tokens, ...rest } of devices) {
    const lists = [roles, scopes, approvedScopes, tokens].map((list) => JSON.stringify(list))
    insert.run(deviceId, publicKey, displayName, role, ...lists, rest.approvedVia, rest.createdAtMs, rest.approvedAtMs)
  }
  database.close()
}

async function freshStore() {
  const dataDir = mkdtempSync(join(folder, "data-"))
  return openStoreAt({ databaseUrl: null, dataDir })
}

async function brought(isApplied: boolean, store: Awaited<ReturnType<typeof freshStore>>) {
  const lines: string[] = []
  const { devices, requests, tokens } = await bring(store, findStores(there), {
    ...{ isApplied, tellsAll: false, say: (line: string) => lines.push(line) },
  })
  return { devices: Object.fromEntries(devices.all()), requests: Object.fromEntries(requests.all()), tokens, lines }
}

const entering = ({ deviceId, publicKey }: Foreign, secret: string) => {
  return knock({ identity: { deviceId, publicKey }, auth: { kind: "device-token", secret }, nowMs: Date.now() })
}

describe("a state directory of early 2026", () => {
  it("is told of first, then taken over once; what stays out is told with its reason", async () => {
    const [good, legacy] = [device("Laptop"), device("Old node", { role: "node", roles: undefined, scopes: undefined })]
    const waiting = { ...device("Phone"), ts: Date.now() - 1_000 }
    writeJson("paired.json", {
      ...byId([good, legacy, device("Odd", { roles: ["worker"] })]),
      [createIdentity().deviceId]: device("Forged"),
      short: device("Short", { publicKey: "AAAA" }),
    })
    writeJson("pending.json", { "req-1": waiting, "req-2": { ...waiting, ts: 1 } })
    mkdirSync(join(there, "nodes"))
    writeFileSync(
      join(there, "nodes", "paired.json"),
      JSON.stringify({ [legacy.deviceId]: { nodeId: legacy.deviceId, commands: ["camera.snap"] } }),
    )
    const store = await freshStore()
    const expected = {
      devices: { brought: 2, "unknown-role": 1, "id-mismatch": 1, "bad-key": 1 },
      requests: { brought: 1, expired: 1 },
    }
    const told = await brought(false, store)
    expect(told).toMatchObject(expected)
    expect(told.lines.join("\n")).toContain("Forged (")
    expect(await store.db.device.count()).toBe(0)
    expect(await store.db.auditEntry.count()).toBe(0)

    expect(await brought(true, store)).toMatchObject({ ...expected, tokens: 1 })
    expect(await store.db.device.findUnique({ where: { deviceId: legacy.deviceId } })).toMatchObject({
      ...{ roles: "node", approvedScopes: read, approvedCommands: '["camera.snap"]' },
    })
    expect(await connectDevice(store, entering(good, "secret of Laptop"))).toMatchObject({
      decision: { kind: "allow" },
    })
    expect(await brought(true, store)).toMatchObject({
      devices: { "already-here": 2 },
      requests: { "already-here": 1, expired: 1 },
    })
  })

  it("is not touched at all when a file of it is damaged", async () => {
    writeFileSync(join(there, "devices", "paired.json"), JSON.stringify(byId([device("Laptop")])).slice(0, -1))
    const store = await freshStore()
    await expect(brought(true, store)).rejects.toThrow("or only part of one")
    expect(await store.db.device.count()).toBe(0)
  })
})

describe("a state directory of 2026.9", () => {
  it("has its SQLite store read before any file that was left there", async () => {
    const shared = device("Laptop")
    writeSqlite([shared])
    writeJson("paired.json", byId([{ ...shared, displayName: "Older" }, device("Only here")]))
    const store = await freshStore()
    expect(await brought(true, store)).toMatchObject({ devices: { brought: 2, twice: 1 }, tokens: 2 })
    const rows = await store.db.device.findMany({ orderBy: { displayName: "asc" }, select: { displayName: true } })
    expect(rows).toEqual([{ displayName: "Laptop" }, { displayName: "Only here" }])
  })

  it("is read a page after the other", async () => {
    writeSqlite(Array.from({ length: 1_050 }, (_, index) => device(`Device ${index}`)))
    const told = await brought(false, await freshStore())
    expect(told).toMatchObject({ devices: { brought: 1_050 }, tokens: 1_050 })
    expect(told.lines.length).toBeLessThan(40)
  })
})

it.each([
  ["that is none", () => join(there, "nowhere"), "There is no directory"],
  ["without devices", () => there, "holds neither"],
])("a directory %s is named as such", (_case, directory, words) => {
  expect(() => findStores(directory())).toThrow(words)
})

describe("handed back", () => {
  const actor = { kind: "system", name: "command line of the server" } as const
  const handing = async (store: Awaited<ReturnType<typeof freshStore>>, directory: string) =>
    handBack(store, { directory, actor, tellsAll: false, say: () => {} })

  it("are the devices with the tokens that they hold now, in a file for its own user, and the log says so", async () => {
    const [used, unused] = [device("Laptop"), device("Tablet")]
    writeJson("paired.json", byId([used, unused]))
    const store = await freshStore()
    await brought(true, store)
    const entered = await connectDevice(store, entering(used, "secret of Laptop"))
    const secret = entered.ok ? entered.token?.secret : undefined

    const back = join(folder, `back-${runs}`)
    const { file, devices, tokens } = await handing(store, back)
    expect({ devices: Object.fromEntries(devices.all()), tokens }).toEqual({
      ...{ devices: { handed: 2, "without-token": 1 }, tokens: 1 },
    })
    expect(file).toBe(join(back, "devices", "paired.json"))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      [used.deviceId]: {
        ...{ publicKey: used.publicKey, displayName: "Laptop", roles: ["operator"], approvedScopes: [read] },
        ...{ approvedVia: "owner", createdAtMs: 1, approvedAtMs: 2, tokens: { operator: { token: secret } } },
      },
      [unused.deviceId]: { displayName: "Tablet", tokens: {} },
    })
    expect(await store.db.auditEntry.findMany({ where: { action: "devices.exported" } })).toMatchObject([
      { after: JSON.stringify({ devices: 2, tokens: 1 }) },
    ])
  })

  it("and brought again, they come in as they are", async () => {
    const laptop = device("Laptop")
    writeJson("paired.json", byId([laptop]))
    const store = await freshStore()
    await brought(true, store)
    const entered = await connectDevice(store, entering(laptop, "secret of Laptop"))
    const secret = entered.ok ? (entered.token?.secret ?? "") : ""
    there = join(folder, `back-${runs}`)
    await handing(store, there)
    const other = await freshStore()
    expect(await brought(true, other)).toMatchObject({ devices: { brought: 1 }, tokens: 1 })
    expect(await connectDevice(other, entering(laptop, secret))).toMatchObject({ decision: { kind: "allow" } })
  })

  it("they are not over what is there, nor to a gateway that would not look at them", async () => {
    const store = await freshStore()
    writeJson("paired.json", {})
    await expect(handing(store, there)).rejects.toThrow("exists already")
    rmSync(join(there, "devices", "paired.json"))
    writeSqlite([device("Laptop")])
    await expect(handing(store, there)).rejects.toThrow("openclaw devices clear")
    expect(existsSync(join(there, "devices", "paired.json"))).toBe(false)
    expect(await store.db.auditEntry.count()).toBe(0)
  })
})
