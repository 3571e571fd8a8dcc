import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Connected, createIdentity } from "@/tools/wire-client"
import { remote, startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
let admin: Connected

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

const pairingEvents = (client: Connected) => client.events.filter((event) => event.event.startsWith("device.pair."))

async function deviceSession(scopes: readonly string[]) {
  const identity = createIdentity()
  const first = await gateway.enter({ identity, scopes })
  await first.close()
  const auth = { deviceToken: first.hello.auth.deviceToken ?? "" }
  return { identity, session: await gateway.enter({ identity, scopes, auth }) }
}

async function knockAs(wanted: Parameters<TestGateway["knock"]>[0]): Promise<string> {
  const result = await gateway.knock(wanted)
  if (result.ok) throw new Error("was let in without a person")
  return String(result.error?.details?.requestId)
}

describe("events about requests", () => {
  it("tell who may decide of a new request once, of its replacement, and of the decision", async () => {
    const seen = admin.events.length
    const identity = createIdentity()
    const narrow = { identity, scopes: ["operator.read"], ...remote() }
    const first = await knockAs(narrow)
    await knockAs(narrow)
    const second = await knockAs({ ...narrow, scopes: ["operator.read", "operator.write"] })
    await admin.request("device.pair.approve", { requestId: second })
    await expect.poll(() => admin.events.slice(seen).map((event) => event.event)).toContain("device.pair.changed")

    const { deviceId } = identity
    const about = admin.events.slice(seen).filter((event) => event.event !== "device.pair.changed")
    expect(about).toMatchObject([
      {
        event: "device.pair.requested",
        payload: { requestId: first, deviceId, scopes: ["operator.read"], silent: false },
      },
      { event: "device.pair.resolved", payload: { requestId: first, deviceId, decision: "rejected" } },
      { event: "device.pair.requested", payload: { requestId: second, deviceId, expiresAtMs: expect.any(Number) } },
      { event: "device.pair.resolved", payload: { requestId: second, deviceId, decision: "approved" } },
    ])
  })

  it("are numbered per client without gaps", async () => {
    await knockAs({ identity: createIdentity(), scopes: ["operator.read"], ...remote() })
    await expect.poll(() => admin.events.at(-1)?.event).toBe("device.pair.requested")
    const numbers = admin.events.filter((event) => event.seq !== undefined).map((event) => event.seq)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it("reach nobody without pairing, and a device session only about its own device", async () => {
    const reader = await gateway.enter({ identity: createIdentity(), scopes: ["operator.read"] })
    const node = await gateway.enter({ identity: createIdentity(), role: "node" })
    const { identity, session } = await deviceSession(["operator.pairing"])
    const shared = await gateway.enter({ identity: createIdentity(), scopes: ["operator.pairing"] })
    await knockAs({ identity: createIdentity(), scopes: ["operator.read"], ...remote() })
    const own = await knockAs({ identity, role: "node" })

    await expect.poll(() => pairingEvents(shared).length).toBeGreaterThanOrEqual(2)
    await expect.poll(() => pairingEvents(session).length).toBeGreaterThanOrEqual(1)
    const aboutRequests = pairingEvents(session).filter((event) => event.event === "device.pair.requested")
    expect(aboutRequests).toMatchObject([{ payload: { requestId: own, deviceId: identity.deviceId } }])
    expect(pairingEvents(reader)).toEqual([])
    expect(pairingEvents(node)).toEqual([])
    for (const client of [reader, node, session, shared]) await client.close()
  })
})

describe("asking for more while connected", () => {
  it("files a request, waits for the decision and is handed the new token", async () => {
    const { identity, session } = await deviceSession(["operator.read"])
    const scopes = ["operator.read", "operator.write"]
    const asked = await session.request("device.scopes.requestUpgrade", { scopes })
    const requestId = asked.ok && isWithId(asked.payload) ? asked.payload.requestId : ""
    expect(requestId).not.toBe("")
    const waiting = session.request("device.scopes.waitUpgrade", { requestId })
    await admin.request("device.pair.approve", { requestId })
    const answer = await waiting
    expect(answer).toEqual({
      ok: true,
      payload: { status: "approved", requestId, deviceToken: expect.any(String), scopes },
    })
    const deviceToken = answer.ok && isWithToken(answer.payload) ? answer.payload.deviceToken : ""
    const again = await gateway.enter({ identity, scopes, auth: { deviceToken } })
    expect(again.hello.auth.scopes).toEqual(scopes)
    expect(session.isOpen()).toBe(true)
    for (const client of [session, again]) await client.close()
  })

  it("tells a rejection, and hides the requests of others", async () => {
    const { session } = await deviceSession(["operator.read"])
    const stranger = await deviceSession(["operator.read"])
    const asked = await session.request("device.scopes.requestUpgrade", { scopes: ["operator.read", "operator.talk"] })
    const requestId = asked.ok && isWithId(asked.payload) ? asked.payload.requestId : ""
    expect(await stranger.session.request("device.scopes.waitUpgrade", { requestId })).toEqual({
      ok: false,
      error: { code: "INVALID_REQUEST", message: "unknown requestId" },
    })
    const waiting = session.request("device.scopes.waitUpgrade", { requestId })
    await admin.request("device.pair.reject", { requestId })
    expect(await waiting).toEqual({ ok: true, payload: { status: "rejected", requestId } })
    for (const client of [session, stranger.session]) await client.close()
  })

  it("must name the scopes that it has, and needs a device", async () => {
    const { session } = await deviceSession(["operator.read"])
    expect(await session.request("device.scopes.requestUpgrade", { scopes: ["operator.talk"] })).toMatchObject({
      error: { message: expect.stringContaining("must include the current scopes") },
    })
    expect(await admin.request("device.scopes.requestUpgrade", { scopes: ["operator.admin"] })).toMatchObject({
      error: { message: "device scope upgrade denied: no device identity" },
    })
    await session.close()
  })
})

const isWithId = (payload: unknown): payload is { requestId: string } =>
  typeof payload === "object" && payload !== null && "requestId" in payload && typeof payload.requestId === "string"

const isWithToken = (payload: unknown): payload is { deviceToken: string } =>
  typeof payload === "object" && payload !== null && "deviceToken" in payload && typeof payload.deviceToken === "string"
