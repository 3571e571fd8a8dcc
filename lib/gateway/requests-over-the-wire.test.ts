import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import { type Connected, createIdentity } from "@/tools/wire-client"
import { sharedToken, startTestGateway, type TestGateway } from "./testing"
import { connectFrame, storeState } from "./wire-testing"

let gateway: TestGateway
let admin: Connected
const friend = createIdentity()

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ identity: friend, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

const invalid = (message: string) => ({ code: "INVALID_REQUEST", message })

describe("requests that are not served", () => {
  it.each<[string, string, unknown, object]>([
    ["a second connect", "connect", {}, invalid("connect is only valid as the first request")],
    ["an unknown method", "sessions.list", {}, invalid("unknown method: sessions.list")],
    ["a method in capitals", "HEALTH", {}, invalid("unknown method: HEALTH")],
    ["a method named constructor", "constructor", {}, invalid("unknown method: constructor")],
    ["a method named __proto__", "__proto__", {}, invalid("unknown method: __proto__")],
    ["a method named toString", "toString", {}, invalid("unknown method: toString")],
    ["a method with control characters", "a\u0000\u202Eb", {}, invalid("unknown method: ab")],
    [
      "an unknown param",
      "device.pair.list",
      { all: true },
      invalid("invalid device.pair.list params: at root: unexpected property 'all'"),
    ],
    ["a list as params", "device.pair.list", [], invalid("invalid device.pair.list params: at root: must be object")],
    [
      "a missing param",
      "device.pair.approve",
      {},
      invalid("invalid device.pair.approve params: at /requestId: must be string"),
    ],
    [
      "an empty param",
      "device.pair.reject",
      { requestId: "" },
      invalid("invalid device.pair.reject params: at /requestId: must not be empty"),
    ],
    [
      "a number as id",
      "device.pair.remove",
      { deviceId: 1 },
      invalid("invalid device.pair.remove params: at /deviceId: must be string"),
    ],
    [
      "an id of 257 characters",
      "device.pair.remove",
      { deviceId: "d".repeat(257) },
      invalid("invalid device.pair.remove params: at /deviceId: must not be longer or larger than 256"),
    ],
    [
      "a label of 65 characters",
      "device.pair.rename",
      { deviceId: "d", label: "l".repeat(65) },
      invalid("invalid device.pair.rename params: at /label: must not be longer or larger than 64"),
    ],
    [
      "a label of invisible characters",
      "device.pair.rename",
      { deviceId: "d", label: "\u202E\u200B" },
      invalid("invalid device.pair.rename params: at /label: must not be empty"),
    ],
    [
      "a text as scopes",
      "device.token.rotate",
      { deviceId: "d", role: "operator", scopes: "x" },
      invalid("invalid device.token.rotate params: at /scopes: must be array"),
    ],
    [
      "no role",
      "device.token.revoke",
      { deviceId: "d" },
      invalid("invalid device.token.revoke params: at /role: must be string"),
    ],
    [
      "an upgrade to nothing",
      "device.scopes.requestUpgrade",
      { scopes: [] },
      invalid("invalid device.scopes.requestUpgrade params: at /scopes: must be at least 1"),
    ],
    [
      "an upgrade with nine scopes",
      "device.scopes.requestUpgrade",
      { scopes: Array.from({ length: 9 }, (_, i) => `operator.${i}`) },
      invalid("invalid device.scopes.requestUpgrade params: at /scopes: must not be longer or larger than 8"),
    ],
    [
      "an upgrade with doubles",
      "device.scopes.requestUpgrade",
      { scopes: ["operator.read", "operator.read"] },
      invalid("invalid device.scopes.requestUpgrade params: at /scopes: is not valid"),
    ],
    [
      "waiting for a foreign upgrade",
      "device.scopes.waitUpgrade",
      { requestId: "no such" },
      invalid("unknown requestId"),
    ],
  ])("%s", async (_what, method, params, error) => {
    const before = await storeState(gateway.store)
    expect(await admin.request(method, params)).toEqual({ ok: false, error })
    expect(await storeState(gateway.store)).toBe(before)
    expect(await admin.request("health", {})).toMatchObject({ ok: true })
  })

  const renameTo = (label: string) =>
    JSON.stringify({
      ...{ type: "req", id: "2", method: "device.pair.rename" },
      params: { deviceId: friend.deviceId, label },
    })

  it.each<[string, string | Buffer]>([
    ["words instead of JSON", "hello"],
    ["a frame that is no request", '{"type":"event","event":"x"}'],
    ["an unknown property in the envelope", '{"type":"req","id":"1","method":"health","x":1}'],
    ["a binary frame", Buffer.from('{"type":"req","id":"1","method":"health"}')],
  ])("%s after login closes the socket, and no command that follows it is run", async (what, frame) => {
    const { before, after, closed, answers } = await sayAfterLogin([frame, renameTo(`after ${what}`), frame])
    expect(closed).toBe("1008 invalid request frame")
    expect(answers).toEqual([])
    expect(after).toBe(before)
    expect(await admin.request("health", {})).toMatchObject({ ok: true })
  })

  it("nor is one that waited behind it while the connect was decided", async () => {
    const { closed } = await sayAfterLogin([], ["hello", renameTo("waited")])
    expect(closed).toBe("1008 invalid request frame")
    await expect(admin.request("device.pair.list", {})).resolves.not.toMatchObject({
      payload: { paired: [{ operatorLabel: "waited" }] },
    })
  })
})

describe("roles and scopes", () => {
  it("a node is told its role, and cut off when it does not stop", async () => {
    const node = await gateway.enter({ identity: createIdentity(), role: "node" })
    for (let i = 0; i < 10; i += 1) {
      expect(await node.request("device.pair.list", {})).toEqual({
        ok: false,
        error: invalid("unauthorized role: node"),
      })
    }
    await node.request("device.pair.list", {})
    expect(await node.closed).toEqual({ code: 1008, reason: "repeated unauthorized calls" })
  })

  it("another answer in between starts the count again", async () => {
    const node = await gateway.enter({ identity: createIdentity(), role: "node" })
    for (let i = 0; i < 25; i += 1) {
      await node.request("device.pair.list", {})
      if (i % 5 === 0) await node.request("health", {})
    }
    expect(node.isOpen()).toBe(true)
    await node.close()
  })

  it("health needs no scope, status needs read, pairing methods need pairing", async () => {
    const plain = await gateway.enter({ identity: createIdentity(), scopes: [] })
    expect(await plain.request("health")).toMatchObject({ ok: true, payload: { ok: true } })
    for (const [method, scope] of [
      ["status", "operator.read"],
      ["device.pair.list", "operator.pairing"],
    ] as const) {
      expect(await plain.request(method, {})).toMatchObject({
        ok: false,
        error: { code: "FORBIDDEN", message: `missing scope: ${scope}`, details: { missingScope: scope } },
      })
    }
    expect(await admin.request("status")).toMatchObject({ ok: true, payload: { connections: expect.any(Number) } })
    await plain.close()
  })

  it("more requests at once than a connection may have in work are put off", async () => {
    const small = await startTestGateway({ settings: { maxRequestsInWork: 2 } })
    const client = await small.enter({ identity: createIdentity(), scopes: ["operator.pairing"] })
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.request("device.pair.list", {})))
    expect(answers.filter((answer) => answer.ok)).not.toHaveLength(0)
    expect(answers).toContainEqual({
      ok: false,
      error: { code: "UNAVAILABLE", message: "too many requests at once", retryable: true, retryAfterMs: 500 },
    })
    await small.close()
  })
})

type Said = {
  readonly before: string
  readonly after: string
  readonly closed: string
  /** What was answered after the login. */
  readonly answers: readonly unknown[]
}

/** Logs in, with frames right behind the connect, says something more, and waits until the server has closed. */
async function sayAfterLogin(frames: readonly (string | Buffer)[], early: readonly string[] = []): Promise<Said> {
  const { store, url } = gateway
  const options = { identity: friend, scopes: ["operator.admin"], auth: { token: sharedToken } }
  let before = ""
  const answers: unknown[] = []
  const closed = await new Promise<string>((resolve) => {
    const ws = new WebSocket(url)
    const speak = async () => {
      before = await storeState(store)
      for (const said of frames) ws.send(said)
    }
    ws.on("message", (bytes) => {
      const frame = JSON.parse(bytes.toString())
      if (frame.event === "connect.challenge") {
        for (const text of [connectFrame(options, frame.payload), ...early]) ws.send(text)
      } else if (frame.type === "res" && frame.id === "1") void speak()
      else if (frame.type === "res") answers.push(frame)
    })
    ws.on("close", (code, reason) => resolve(`${code} ${reason}`))
  })
  return { before, after: await storeState(store), closed, answers }
}
