import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestSession } from "@/lib/auth/testing"
import { approveRequest } from "@/lib/store/approve-request"
import { rotateToken } from "@/lib/store/rotate-token"
import { admin } from "@/lib/store/testing-connect"
import { type ConnectResult, createIdentity } from "../wire-client"
import {
  closedWithin,
  elsewhere,
  type Installation,
  openInstallation,
  type Process,
  pairedWith,
  withToken,
} from "./installation"
import { shiftedClock } from "./shifted-clock"

let installation: Installation
let ahead: Process
let behind: Process
let pages: Process

beforeAll(async () => {
  installation = await openInstallation()
  ahead = await installation.start("gateway", { preload: shiftedClock(5_000) })
  behind = await installation.start("gateway", { preload: shiftedClock(-5_000) })
  pages = await installation.start("console")
})
afterAll(() => installation.stop())

function requestOf(asked: ConnectResult): string {
  return asked.ok ? "" : String(asked.error?.details?.requestId)
}

/** Whether a device is online in the console's list of devices. */
async function isOnline(deviceId: string): Promise<boolean> {
  const { store } = installation
  const asConsole = { ...store, gatewayInfo: { ...store.gatewayInfo, port: pages.port } }
  const { cookie } = await openTestSession(asConsole, { role: "owner" })
  const response = await fetch(`${pages.url}/api/devices?is=online`, { headers: { cookie } })
  expect(response.status).toBe(200)
  return (await response.text()).includes(deviceId)
}

describe("a device of one process", () => {
  it("is online in the console of another within two seconds, and no longer once it has gone", async () => {
    const device = await pairedWith(ahead)
    const { deviceId } = device.identity
    const session = await ahead.enter(withToken(device))
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(true)
    const admin = await behind.operator()
    const listed = await admin.request("device.pair.list", {})
    expect(JSON.stringify(listed)).toContain('"connected":true')
    await admin.close()
    await session.close()
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(false)
  })
})

describe("processes whose clocks are ten seconds apart", () => {
  it("agree on when a request expires", async () => {
    const { store } = installation
    const identity = createIdentity()
    const asked = await ahead.knock({ identity, scopes: ["operator.read"], ...elsewhere })
    const requestId = requestOf(asked)
    const { filedAtMs } = await store.db.request.findUniqueOrThrow({ where: { requestId } })
    expect(Math.abs(filedAtMs - Date.now())).toBeLessThan(1_000)
    const { policy } = await store.policy()
    const endsAtMs = Date.now() + 2_000
    await store.db.request.update({ where: { requestId }, data: { triedAtMs: endsAtMs - policy.pendingTtlMs } })
    const admins = [await ahead.operator(), await behind.operator()]
    const waits = async () => {
      const lists = await Promise.all(admins.map((each) => each.request("device.pair.list", {})))
      return lists.map((list) => JSON.stringify(list).includes(requestId))
    }
    expect(await waits()).toEqual([true, true])
    await pause(endsAtMs - Date.now() - 900)
    expect(await waits()).toEqual([true, true])
    await pause(endsAtMs - Date.now() + 1_000)
    expect(await waits()).toEqual([false, false])
    for (const each of admins) await each.close()
  })

  it("agree on when what was granted for a time ends", async () => {
    const { store } = installation
    const identity = createIdentity()
    const asked = await behind.knock({ identity, scopes: ["operator.read"], ...elsewhere })
    const requestId = requestOf(asked)
    const nowMs = Date.now()
    const untilMs = nowMs + 3_000
    const approval = { requestId, from: "console", untilMs, actor: admin, nowMs } as const
    expect(await approveRequest(store, approval)).toMatchObject({ ok: true })
    const sessions = await Promise.all(
      [ahead, behind].map((each) => each.enter({ identity, scopes: ["operator.read"], ...elsewhere })),
    )
    await pause(untilMs - Date.now() - 900)
    expect(sessions.map((session) => session.isOpen())).toEqual([true, true])
    await Promise.all(sessions.map((session) => closedWithin(session, untilMs - Date.now() + 1_500)))
    for (const each of [ahead, behind]) {
      expect(await each.knock({ identity, scopes: ["operator.read"], ...elsewhere })).toMatchObject({ ok: false })
    }
  })

  it("agree on when the grace of a replaced token is over", async () => {
    const { store } = installation
    const device = await pairedWith(ahead)
    const { deviceId } = device.identity
    const nowMs = Date.now()
    const graceMs = 3_000
    const rotation = { deviceId, role: "operator", rememberNarrowing: false, actor: admin, nowMs } as const
    const mode = { kind: "on-pickup", graceMs } as const
    expect(await rotateToken(store, { ...rotation, mode })).toMatchObject({ ok: true })
    const come = () => Promise.all([ahead, behind].map((each) => each.knock({ ...withToken(device), ...elsewhere })))
    await pause(nowMs + graceMs - Date.now() - 900)
    for (const result of await come()) {
      expect(result).toMatchObject({ ok: true })
      if (result.ok) await result.close()
    }
    await pause(nowMs + graceMs - Date.now() + 1_000)
    for (const result of await come()) expect(result).toMatchObject({ ok: false })
  })
})

describe("failures at two processes", () => {
  it("lock the source out on both within two seconds, and on nobody else", async () => {
    const wrong = { identity: createIdentity(), auth: { token: "a guess" }, ...elsewhere }
    for (let n = 0; n < 5; n += 1) {
      for (const each of [ahead, behind]) {
        expect(await each.knock(wrong)).not.toMatchObject({ error: { details: { code: "AUTH_RATE_LIMITED" } } })
      }
    }
    const codes = async () => {
      const results = await Promise.all([ahead, behind].map((each) => each.knock(wrong)))
      return results.map((result) => (result.ok ? "let in" : result.error?.details?.code))
    }
    await pause(2_000)
    expect(await codes()).toEqual(["AUTH_RATE_LIMITED", "AUTH_RATE_LIMITED"])
    for (const each of [ahead, behind]) await (await each.enter({ identity: createIdentity() })).close()
  })
})

describe("a process that stands still", () => {
  it("leaves nobody online after five seconds, and is seen again with what it holds when it wakes", async () => {
    const device = await pairedWith(behind)
    const { deviceId } = device.identity
    const session = await behind.enter(withToken(device))
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(true)
    behind.child.kill("SIGSTOP")
    const stoppedAtMs = Date.now()
    await pause(2_500)
    expect(await isOnline(deviceId)).toBe(true)
    await pause(stoppedAtMs + 6_000 - Date.now())
    expect(await isOnline(deviceId)).toBe(false)
    behind.child.kill("SIGCONT")
    await expect.poll(() => isOnline(deviceId), { timeout: 3_000 }).toBe(session.isOpen())
    expect(session.isOpen()).toBe(true)
    await session.close()
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(false)
  })
})

// The last one: it leaves one process less.
describe("a process that is killed", () => {
  it("leaves nobody online after five seconds, and its devices are there again where they come back", async () => {
    const device = await pairedWith(ahead)
    const { deviceId } = device.identity
    await ahead.enter(withToken(device))
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(true)
    await ahead.kill()
    await expect.poll(() => isOnline(deviceId), { timeout: 6_000 }).toBe(false)
    const again = await behind.enter(withToken(device))
    await expect.poll(() => isOnline(deviceId), { timeout: 2_500 }).toBe(true)
    await again.close()
  })
})
