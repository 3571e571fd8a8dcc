import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { whyNoPgbouncer } from "../pgbouncer"
import { createIdentity } from "../wire-client"
import {
  closedWithin,
  elsewhere,
  type Installation,
  openInstallation,
  type Process,
  pairedWith,
  withToken,
} from "./installation"

const title = `behind PgBouncer in transaction mode${whyNoPgbouncer === null ? "" : ` (${whyNoPgbouncer})`}`

describe.skipIf(whyNoPgbouncer !== null)(title, () => {
  let installation: Installation
  let one: Process
  let other: Process

  beforeAll(async () => {
    installation = await openInstallation({ through: "pgbouncer" })
    one = await installation.start("gateway")
    other = await installation.start("gateway")
  })
  afterAll(() => installation.stop())

  it("many devices pair and come again on both processes at once", async () => {
    const devices = await Promise.all(Array.from({ length: 12 }, (_, n) => pairedWith(n % 2 === 0 ? one : other)))
    for (let round = 0; round < 3; round += 1) {
      const sessions = await Promise.all(
        devices.map((device, n) => ((n + round) % 2 === 0 ? one : other).enter(withToken(device))),
      )
      await Promise.all(sessions.map((session) => session.close()))
    }
    const { db } = installation.store
    expect(await db.auditEntry.count({ where: { action: "device.approved-silently" } })).toBe(devices.length)
  })

  it("a revoke on one process closes the sockets on both within a second", async () => {
    const device = await pairedWith(one)
    const sessions = [await one.enter(withToken(device)), await other.enter(withToken(device))]
    const admin = await one.operator()
    const { deviceId } = device.identity
    expect(await admin.request("device.token.revoke", { deviceId, role: "operator" })).toMatchObject({ ok: true })
    await Promise.all(sessions.map((session) => closedWithin(session, 1_000)))
    expect(await other.knock(withToken(device))).toMatchObject({ ok: false })
    await admin.close()
  })

  it("approvals of one request on two processes at once have one winner", async () => {
    const admins = [await one.operator(), await other.operator()]
    for (let round = 0; round < 5; round += 1) {
      const identity = createIdentity()
      const asked = await one.knock({ identity, scopes: ["operator.read"], ...elsewhere })
      const requestId = asked.ok ? "" : asked.error?.details?.requestId
      const answers = await Promise.all(admins.map((admin) => admin.request("device.pair.approve", { requestId })))
      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    }
    for (const admin of admins) await admin.close()
  })
})
