import { readFileSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { listenerName } from "@/lib/store/listen-connection"
import { type Connected, type ConnectOptions, createIdentity, type DeviceIdentity } from "../wire-client"
import {
  closedWithin,
  elsewhere,
  type Installation,
  openInstallation,
  type Process,
  pairedWith,
  watchConsole,
  withToken,
} from "./installation"

let installation: Installation
let one: Process
let other: Process
let pages: Process

beforeAll(async () => {
  installation = await openInstallation()
  one = await installation.start("gateway")
  other = await installation.start("gateway")
  pages = await installation.start("console")
})
afterAll(() => installation.stop())

const revoke = (by: Connected, { deviceId }: DeviceIdentity) =>
  by.request("device.token.revoke", { deviceId, role: "operator" })

async function cutListeners(): Promise<number> {
  const [row] = await installation.store.db.$queryRaw<{ cut: bigint }[]>`
    SELECT count(pg_terminate_backend(pid)) AS cut FROM pg_stat_activity WHERE application_name = ${listenerName}`
  return Number(row?.cut)
}

const auditOf = (deviceId: string, action: string) =>
  installation.store.db.auditEntry.count({ where: { deviceId, action } })
/** A token that was issued twice would have the first one among its predecessors. */
const tokensOf = (deviceId: string) =>
  installation.store.db.token.findMany({ where: { deviceId }, select: { revokedAtMs: true, predecessors: true } })
const onlyToken = [{ revokedAtMs: null, predecessors: "[]" }]

describe("each process", () => {
  it("serves what its role says, and answers the rest with a plain sentence", async () => {
    const get = async (url: string) => {
      const response = await fetch(url, { redirect: "manual" })
      return { status: response.status, text: await response.text() }
    }
    expect(await get(`${one.url}/readyz`)).toEqual({ status: 200, text: "ready, as gateway\n" })
    expect(await get(`${pages.url}/readyz`)).toEqual({ status: 200, text: "ready, as console\n" })
    expect(await get(`${one.url}/sign-in`)).toEqual({ status: 404, text: expect.stringContaining("serves devices") })
    expect((await get(`${pages.url}/sign-in`)).status).toBe(200)
    expect(await pages.knock({ identity: createIdentity() })).toMatchObject({ ok: false, httpStatus: 503 })
    expect((await get(`${one.url}/metrics`)).text).toContain("gatehouse_sockets")
  })

  it("is spared Next where it serves no pages: nothing imports that before it is known what is served", () => {
    const imports = readFileSync("dist/server.mjs", "utf8").match(/^import .*/gm) ?? []
    expect(imports.length).toBeGreaterThan(20)
    expect(imports.filter((line) => /from "(next|react)/.test(line))).toEqual([])
  })
})

describe("a revoke on one process", () => {
  it("closes the sockets on all within a second, and tells every page", async () => {
    const device = await pairedWith(one)
    const sessions = [await one.enter(withToken(device)), await other.enter(withToken(device))]
    const admin = await one.operator()
    const { said, stop } = await watchConsole(installation.store, pages)
    expect(await revoke(admin, device.identity)).toMatchObject({ ok: true })
    await Promise.all(sessions.map((session) => closedWithin(session, 1_000)))
    const told = `"kind":"sessions-closed","deviceId":"${device.identity.deviceId}"`
    await expect.poll(said, { timeout: 1_000 }).toContain(told)
    stop()
    expect(await other.knock(withToken(device))).toMatchObject({ ok: false })
    await admin.close()
  })

  it("does so though every listener was cut the moment before", async () => {
    const admin = await one.operator()
    for (let round = 0; round < 4; round += 1) {
      const device = await pairedWith(other)
      const sessions = [await one.enter(withToken(device)), await other.enter(withToken(device))]
      expect(await cutListeners()).toBeGreaterThanOrEqual(3)
      expect(await revoke(admin, device.identity)).toMatchObject({ ok: true })
      await Promise.all(sessions.map((session) => closedWithin(session, 1_000)))
    }
    await admin.close()
  })
})

describe("approvals of one request on two processes at once", () => {
  it("have one winner, one entry and one token each", async () => {
    const admins = [await one.operator(), await other.operator()]
    for (let round = 0; round < 5; round += 1) {
      const identity = createIdentity()
      const asked = await one.knock({ identity, scopes: ["operator.read"], ...elsewhere })
      expect(asked).toMatchObject({ ok: false, error: { code: "NOT_PAIRED" } })
      const requestId = asked.ok ? "" : asked.error?.details?.requestId
      const answers = await Promise.all(admins.map((admin) => admin.request("device.pair.approve", { requestId })))
      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
      expect(await auditOf(identity.deviceId, "request.approved")).toBe(1)
      await (await other.enter({ identity, scopes: ["operator.read"], ...elsewhere })).close()
      expect(await tokensOf(identity.deviceId)).toEqual(onlyToken)
    }
    for (const admin of admins) await admin.close()
  })
})

describe("a process that stands still", () => {
  it("closes what was revoked meanwhile within a second of waking, and lets nobody in with the revoked token", async () => {
    const device = await pairedWith(one)
    const bystander = await pairedWith(one)
    const session = await other.enter(withToken(device))
    const untouched = await other.enter(withToken(bystander))
    const admin = await one.operator()
    other.child.kill("SIGSTOP")
    expect(await revoke(admin, device.identity)).toMatchObject({ ok: true })
    await pause(5_000)
    expect(session.isOpen()).toBe(true)
    const comesMeanwhile = other.knock(withToken(device))
    other.child.kill("SIGCONT")
    await closedWithin(session, 1_000)
    expect(await comesMeanwhile).toMatchObject({ ok: false })
    expect(await other.knock(withToken(device))).toMatchObject({ ok: false })
    expect(untouched.isOpen()).toBe(true)
    await untouched.close()
    await admin.close()
  })
})

describe("a database that is started anew", () => {
  it("costs nobody their socket, and connects meanwhile are told to come again", async () => {
    const device = await pairedWith(one)
    const sessions = [await one.enter(withToken(device)), await other.enter(withToken(device))]
    await installation.postgres.halt()
    const later = { ok: false, error: { code: "UNAVAILABLE", retryable: true } }
    expect(await one.knock(withToken(device))).toMatchObject(later)
    expect(await other.knock({ identity: createIdentity() })).toMatchObject(later)
    expect((await fetch(`${one.url}/readyz`)).status).toBe(503)
    await pause(1_500)
    await installation.postgres.resume()
    expect(sessions.map((session) => session.isOpen())).toEqual([true, true])
    await expect.poll(async () => (await fetch(`${one.url}/readyz`)).status).toBe(200)
    const again = await other.enter(withToken(device))
    const admin = await one.operator()
    await expect.poll(() => revoke(admin, device.identity)).toMatchObject({ ok: true })
    await Promise.all([...sessions, again].map((session) => closedWithin(session, 1_000)))
    await admin.close()
  })
})

/** As a device does: turned away because too many of its address knock at once, it tries again. */
async function comeBackTo(server: Process, given: Partial<ConnectOptions>): Promise<Connected> {
  const result = await server.knock(given)
  if (result.ok) return result
  expect(result).toMatchObject({ httpStatus: 503 })
  await pause(100)
  return comeBackTo(server, given)
}

// The last one: it leaves one process less.
describe("a process that is killed while devices come", () => {
  it("loses nothing, and nothing is granted twice", async () => {
    const identities = Array.from({ length: 24 }, createIdentity)
    const scopes = ["operator.read"]
    let done = 0
    const firsts = identities.map(async (identity, index) => {
      await pause(index * 15)
      const result = await other.knock({ identity, scopes })
      done += 1
      if (done === 8) await other.kill()
      return result
    })
    const results = await Promise.all(firsts)
    expect(results.some(({ ok }) => ok) && results.some(({ ok }) => !ok)).toBe(true)
    const comeBack = identities.map(async (identity, index) => {
      const first = results[index]
      const deviceToken = first?.ok ? (first.hello.auth.deviceToken ?? "") : null
      if (first?.ok) await first.closed
      const again = await comeBackTo(one, {
        identity,
        scopes,
        ...(deviceToken === null ? {} : { auth: { deviceToken } }),
      })
      if (deviceToken !== null) expect(again.hello.auth.deviceToken).toBe(deviceToken)
      await again.close()
    })
    await Promise.all(comeBack)
    for (const { deviceId } of identities) {
      expect(await auditOf(deviceId, "device.approved-silently")).toBe(1)
      expect(await tokensOf(deviceId)).toEqual(onlyToken)
    }
  })
})
