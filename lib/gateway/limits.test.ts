import { connect as dial } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import { createIdentity } from "@/tools/wire-client"
import type { GatewaySettings } from "./settings"
import { defaultGatewaySettings } from "./settings"
import { remote, sharedToken, startTestGateway, type TestGateway } from "./testing"
import { connectFrame, say } from "./wire-testing"

let gateway: TestGateway | null = null

async function start(settings: Partial<GatewaySettings> = {}): Promise<TestGateway> {
  gateway = await startTestGateway({ settings })
  return gateway
}

afterEach(async () => {
  await gateway?.close()
  gateway = null
})

const identity = createIdentity()
const operator = { identity, scopes: ["operator.read"] }
const quick = { ...defaultGatewaySettings.throttle, firstDelayMs: 1, longestDelayMs: 1 }

async function openSockets(url: string, count: number): Promise<WebSocket[]> {
  const sockets = Array.from({ length: count }, () => new WebSocket(url))
  await Promise.all(sockets.map((ws) => new Promise((resolve) => ws.on("message", resolve))))
  return sockets
}

describe("before login", () => {
  it("a socket that says nothing is closed after the time limit, without an answer", async () => {
    const { url } = await start({ handshakeTimeoutMs: 60 })
    const heard = await say(url, () => [])
    expect(heard.close).toEqual({ code: 1000, reason: "" })
    expect(heard.frames).toHaveLength(1)
  })

  it("a connect after the time limit comes too late", async () => {
    const { url, store } = await start({ handshakeTimeoutMs: 60 })
    const tooLate = new Promise<number>((resolve) => {
      const ws = new WebSocket(url)
      ws.on("message", (bytes) => {
        const { payload } = JSON.parse(bytes.toString())
        setTimeout(() => ws.send(connectFrame({ ...operator, auth: { token: sharedToken } }, payload), () => {}), 150)
      })
      ws.on("close", resolve)
    })
    expect(await tooLate).toBe(1000)
    expect(await store.db.device.count()).toBe(0)
  })

  it("no more than 32 sockets of one address are open; the next is refused with 503, others are not", async () => {
    const { url, knock } = await start()
    const sockets = await openSockets(url, 32)
    expect(await knock(operator)).toMatchObject({ ok: false, httpStatus: 503 })
    expect(await knock({ ...operator, ...remote() })).toMatchObject({ ok: false, error: { code: "NOT_PAIRED" } })
    sockets[0]?.terminate()
    await expect.poll(async () => (await knock(operator)).ok).toBe(true)
    for (const ws of sockets) ws.terminate()
  })

  it("a client that has logged in does not count any more", async () => {
    const { enter } = await start({ maxUnauthenticatedPerAddress: 1 })
    const first = await enter(operator)
    const second = await enter(operator)
    await Promise.all([first.close(), second.close()])
  })

  it("an upgrade that is no WebSocket gives its place back", async () => {
    const { port, enter } = await start({ maxUnauthenticatedPerAddress: 1 })
    await new Promise<void>((resolve) => {
      const socket = dial(port, "127.0.0.1", () => {
        socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
      })
      socket.on("data", () => {})
      socket.on("close", () => resolve())
    })
    await (await enter(operator)).close()
  })

  it("at most 15 frames wait while a connect is decided", async () => {
    // A wrong secret is answered late, so the frames surely arrive before it is decided.
    const { url } = await start({ throttle: { ...quick, firstDelayMs: 2_000, longestDelayMs: 2_000 } })
    const frames = Array.from({ length: 16 }, (_, i) => JSON.stringify({ type: "req", id: `${i}`, method: "health" }))
    const heard = await say(url, (challenge) => [
      connectFrame({ ...operator, auth: { token: "wrong" } }, challenge),
      ...frames,
    ])
    expect(heard.close).toEqual({ code: 1008, reason: "too many pending handshake frames" })
  })

  it("frames that waited are answered after the hello", async () => {
    const { url } = await start()
    const heard = await new Promise<unknown[]>((resolve) => {
      const ws = new WebSocket(url)
      const frames: { id?: string }[] = []
      ws.on("message", (bytes) => {
        const frame = JSON.parse(bytes.toString())
        if (frame.type === "event" && frame.event === "connect.challenge") {
          ws.send(connectFrame({ ...operator, auth: { token: sharedToken } }, frame.payload))
          ws.send(JSON.stringify({ type: "req", id: "h", method: "health" }))
          ws.send(JSON.stringify({ type: "req", id: "c", method: "connect" }))
        } else frames.push(frame)
        if (frames.length < 3) return
        ws.terminate()
        resolve(frames)
      })
    })
    expect(heard[0]).toMatchObject({ id: "1", ok: true, payload: { type: "hello-ok" } })
    expect(heard).toContainEqual(expect.objectContaining({ id: "h", ok: true }))
    expect(heard).toContainEqual(expect.objectContaining({ id: "c", ok: false }))
  })
})

describe("the frame limit, kept in a field that is internal to ws", () => {
  const padded = (bytes: number) => ({
    tamper: (params: Record<string, unknown>) => ({ ...params, pathEnv: "p".repeat(bytes) }),
  })

  it("is 64 KiB before login and 25 MiB after", async () => {
    const { enter, knock } = await start()
    const client = await enter({ ...operator, ...padded(30_000) })
    expect(await knock({ ...operator, ...padded(66_000) })).toMatchObject({ ok: false, close: { code: 1009 } })

    const big = await client.request("health", { filler: "f".repeat(25 * 1024 * 1024 - 200) })
    expect(big).toMatchObject({ ok: true })
    await client.request("health", { filler: "f".repeat(25 * 1024 * 1024) })
    expect(await client.closed).toMatchObject({ code: 1009 })
  })
})

describe("failed credentials", () => {
  const wrong = { identity, auth: { token: "wrong" } }

  it("lock out an address for the shared secret, but never its valid device tokens, and nobody else", async () => {
    const { enter, knock } = await start({ throttle: quick })
    const client = await enter(operator)
    const token = client.hello.auth.deviceToken ?? ""
    await client.close()
    for (let i = 0; i < 10; i += 1) {
      expect(await knock({ ...wrong, ...remote() })).toMatchObject({
        error: { details: { code: "AUTH_TOKEN_MISMATCH" } },
      })
    }
    expect(await knock({ ...operator, identity: createIdentity(), ...remote() })).toMatchObject({
      error: {
        details: { code: "AUTH_RATE_LIMITED", recommendedNextStep: "wait_then_retry" },
        retryable: true,
        retryAfterMs: expect.any(Number),
      },
    })
    for (const auth of [{ deviceToken: token }, { token }]) {
      await (await enter({ ...operator, ...remote(), auth })).close()
    }
    await (await enter({ ...operator, ...remote("203.0.113.52") })).close()
  })

  it("are slowed down on this machine and never locked out", async () => {
    const { enter, knock } = await start({ throttle: { ...quick, firstDelayMs: 40, longestDelayMs: 80 } })
    const took: number[] = []
    for (let i = 0; i < 12; i += 1) {
      const sinceMs = performance.now()
      await knock(wrong)
      took.push(performance.now() - sinceMs)
    }
    expect(took[0]).toBeGreaterThanOrEqual(38)
    expect(Math.min(...took.slice(1))).toBeGreaterThanOrEqual(78)
    await (await enter(operator)).close()
  })

  it("lock out a web page of this machine by its origin", async () => {
    const { enter, knock } = await start({ throttle: quick })
    const headers = { Origin: "https://evil.example" }
    for (let i = 0; i < 10; i += 1) await knock({ ...wrong, headers })
    expect(await knock({ ...operator, headers })).toMatchObject({ error: { details: { code: "AUTH_RATE_LIMITED" } } })
    await (await enter(operator)).close()
  })

  it.each([
    ["an undeclared proxy on this machine", { headers: { "X-Forwarded-For": "198.51.100.9" } }],
    ["a declared proxy that names this machine", remote("127.0.0.1")],
    ["a declared proxy that names nobody", { localAddress: "127.0.0.2" }],
  ])("lock out whoever comes by %s, and not this machine", async (_what, via) => {
    const { enter, knock } = await start({ throttle: quick, maxUnauthenticatedPerAddress: 1 })
    for (let i = 0; i < 10; i += 1) await knock({ ...wrong, ...via })
    expect(await knock({ ...operator, ...via })).toMatchObject({ error: { details: { code: "AUTH_RATE_LIMITED" } } })
    const waiting = new WebSocket(gateway?.url ?? "", via)
    await new Promise((resolve) => waiting.on("message", resolve))
    await (await enter(operator)).close()
    waiting.terminate()
  })

  it("are counted with reason and address, and nothing else is kept of them", async () => {
    const { knock, store } = await start({ throttle: quick })
    await knock({ ...wrong, ...remote() })
    await knock({ ...wrong, identity: null, client: { id: "cli", mode: "cli" }, ...remote() })
    await knock({ identity, auth: { deviceToken: "wrong" }, ...remote() })
    await knock({ ...wrong, role: "robot", ...remote() })
    await store.observed.flush()
    const counts = await store.db.refusalCount.findMany({ omit: { hour: true }, orderBy: { reason: "asc" } })
    expect(counts).toEqual([
      { reason: "device-not-paired", prefix: "203.0.113.51", count: 1 },
      { reason: "invalid-role", prefix: "203.0.113.51", count: 1 },
      { reason: "token_mismatch", prefix: "203.0.113.51", count: 2 },
    ])
    expect(await store.db.connectAttempt.count()).toBe(0)
  })
})

describe("while connected", () => {
  it("a client that answers no ping is cut off, one that does is not", async () => {
    const { url, enter } = await start({ pingIntervalMs: 100 })
    const good = await enter(operator)
    const deaf = new WebSocket(url, { autoPong: false })
    const code = await new Promise((resolve) => deaf.on("close", resolve))
    expect(code).toBe(1006)
    expect(good.isOpen()).toBe(true)
    await good.close()
  })

  it("everybody gets ticks, numbered per client", async () => {
    const { enter } = await start({ tickIntervalMs: 40 })
    const client = await enter(operator)
    await client.nextEvent("tick")
    await client.nextEvent("tick")
    const ticks = client.events.filter((event) => event.event === "tick")
    expect(ticks.slice(0, 2)).toMatchObject([
      { payload: { ts: expect.any(Number) }, seq: 1 },
      { payload: { ts: expect.any(Number) }, seq: 2 },
    ])
    await client.close()
  })

  it("a shutdown is announced and closes with 1012", async () => {
    const { enter, close } = await start()
    const client = await enter(operator)
    const shutdown = client.nextEvent("shutdown")
    gateway = null
    await close()
    expect(await shutdown).toMatchObject({ payload: { reason: "service restart" } })
    expect(await client.closed).toEqual({ code: 1012, reason: "service restart" })
  })
})
