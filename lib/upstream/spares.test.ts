import { setTimeout as pause } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import { remote } from "@/lib/gateway/testing"
import { createIdentity, type DeviceIdentity } from "@/tools/wire-client"
import { dial, openChallenged } from "./dial"
import { startFakeUpstream } from "./fake-upstream"
import type { Configured } from "./front-door"
import { startTestDoor, type TestDoor, untilState } from "./testing"

const read = ["operator.read"]
const write = ["operator.read", "operator.write"]

/** Lets a client in, and tells what was granted behind. */
async function come({ gateway }: Pick<TestDoor, "gateway">, identity: DeviceIdentity, scopes = read) {
  const client = await gateway.enter({ identity, scopes })
  await client.close()
  return client.hello.auth.scopes
}

type Options = Parameters<typeof startTestDoor>[0]

/** A door through which two clients came with one grant, so that a connection lies ahead for the next. */
async function withSpare(options: Options = {}) {
  const started = await startTestDoor({ ...options, limits: { spareMs: 5_000, ...options.limits } })
  const { upstream } = started
  const before = upstream.caps.length
  const identity = createIdentity()
  await come(started, identity)
  await come(started, identity)
  await expect.poll(() => upstream.caps.slice(before)).toEqual(["operator.read", "operator.read", "operator.read"])
  const connected = upstream.connects.length
  const lying = [...upstream.sockets].at(-1)
  // And with its challenge, which is sent to it at once.
  await pause(50)
  return {
    ...{ ...started, identity },
    /** Connections that were opened since. */
    openedSince: () => upstream.caps.slice(before + 3),
    connectsSince: () => upstream.connects.length - connected,
    /** The end there of the one that lies ahead. */
    lying,
    isGone: () => lying?.readyState === WebSocket.CLOSED,
  }
}

describe("a connection that is opened ahead", () => {
  it("serves the next client with the same grant, and is sent nothing before that", async () => {
    const started = await withSpare()
    expect(started.connectsSince()).toBe(0)
    expect(await come(started, started.identity)).toEqual(read)
    expect(started.connectsSince()).toBe(1)
    expect(started.upstream.connects.at(-1)?.headers["x-openclaw-scopes"]).toBe("operator.read")
    // The one that was there was used, and one was opened in its place.
    await expect.poll(started.openedSince).toEqual(read)
  })

  it("is given to no client that was granted anything else", async () => {
    const started = await withSpare()
    expect(await come(started, createIdentity(), write)).toEqual(write)
    expect(await come(started, createIdentity(), [])).toEqual([])
    expect(started.openedSince()).toEqual([write.join(), ""])
    expect(started.upstream.connects.map(({ params }) => String(params.scopes)).slice(-2)).toEqual([write.join(), ""])
  })

  it("is opened for nobody who comes alone, or is not let in", async () => {
    const started = await startTestDoor({ limits: { spareMs: 300 } })
    const { upstream, gateway } = started
    const before = upstream.caps.length
    const identity = createIdentity()
    await come(started, identity)
    await pause(400)
    await come(started, identity)
    for (const wrong of [
      { identity: createIdentity(), ...remote() },
      { identity, auth: { token: "wrong" } },
    ]) {
      for (let times = 0; times < 3; times += 1) {
        expect(await gateway.knock({ scopes: read, ...wrong })).toMatchObject({ ok: false })
      }
    }
    await pause(100)
    expect(upstream.caps).toHaveLength(before + 2)
  })

  it("lies there for a short time only", async () => {
    const started = await withSpare({ limits: { spareMs: 600 } })
    await expect.poll(started.isGone, { timeout: 3_000 }).toBe(true)
    expect(started.connectsSince()).toBe(0)
    expect(await come(started, started.identity)).toEqual(read)
  })

  it("has few beside it, however many grants there are", async () => {
    const started = await withSpare()
    const { upstream } = started
    const open = () => upstream.sockets.size
    const withLink = open()
    for (const scopes of [write, ["operator.pairing"], ["operator.approvals"]]) {
      const identity = createIdentity()
      for (const _ of [1, 2]) expect(await come(started, identity, scopes)).toEqual(scopes)
    }
    await expect.poll(open).toBe(withLink + 1)
    expect(started.isGone()).toBe(true)
  })

  it("gives its place up to a client that needs one", async () => {
    const started = await withSpare({ limits: { dialsAtOnce: 1, waitMs: 500 } })
    expect(await come(started, createIdentity(), write)).toEqual(write)
    expect(started.gateway.store.upstream.report().waiting).toBe(0)
    expect(started.connectsSince()).toBe(1)
  })
})

describe("a connection opened ahead that is of no use", () => {
  it("since the gateway behind closed it: the next client has one of its own", async () => {
    const started = await withSpare()
    const { report } = started.gateway.store.upstream
    const upSinceMs = report().sinceMs
    started.lying?.close(1000, "handshake timeout")
    await expect.poll(started.isGone).toBe(true)
    expect(await come(started, started.identity)).toEqual(read)
    expect(report()).toMatchObject({ state: "up", sinceMs: upSinceMs })
  })

  it("since it dies as it is used: the client does not notice", async () => {
    const started = await withSpare()
    const { upstream, gateway } = started
    await pause(300)
    upstream.behaviour.staleAfterMs = 300
    expect(await come(started, started.identity)).toEqual(read)
    expect(started.openedSince()).toContain("operator.read")
    expect(gateway.store.upstream.report().state).toBe("up")
  })

  it("since its challenge is late: the next client does not wait for it", async () => {
    const started = await startTestDoor({ limits: { spareMs: 5_000 } })
    const { upstream, gateway } = started
    const before = upstream.caps.length
    const identity = createIdentity()
    await come(started, identity)
    upstream.behaviour.challengeAfterMs = 800
    await come(started, identity)
    await expect.poll(() => upstream.caps.length).toBe(before + 3)
    upstream.behaviour.challengeAfterMs = 0
    expect(await come(started, identity)).toEqual(read)
    expect(upstream.caps).toHaveLength(before + 4)
    expect(gateway.store.upstream.report().state).toBe("up")
    // It serves the one who comes after its challenge.
    await pause(900)
    expect(await come(started, identity)).toEqual(read)
    await pause(100)
    expect(upstream.caps).toHaveLength(before + 5)
  })

  it("since the gateway behind was restarted: what was opened before is gone, and clients are served", async () => {
    const started = await withSpare()
    const { upstream, gateway } = started
    const killedMs = Date.now()
    await upstream.stop("kill")
    const fresh = await startFakeUpstream({}, upstream.port)
    await expect.poll(() => gateway.store.upstream.report().sinceMs).toBeGreaterThan(killedMs)
    await untilState(gateway, "up")
    const before = fresh.caps.length
    expect(await come(started, started.identity)).toEqual(read)
    expect(fresh.caps[before]).toBe("operator.read")
    await fresh.stop()
  })

  it("since the gateway behind is not trusted any more", async () => {
    const started = await withSpare()
    const { upstream, gateway } = started
    upstream.behaviour.extraScopes = ["operator.admin"]
    expect(await gateway.knock({ identity: createIdentity(), scopes: write })).toMatchObject({ ok: false })
    await untilState(gateway, "unsafe")
    await expect.poll(started.isGone, { timeout: 1_000 }).toBe(true)
  })

  it("since another gateway is named, or another secret", async () => {
    const [first, second] = [await startFakeUpstream(), await startFakeUpstream({ secret: "another" })]
    const named = (url: string, value: string): Configured => ({
      ...{ target: { url, secret: { kind: "token", value } }, source: "console" },
    })
    let current = named(first.url, "upstream-secret")
    const started = await startTestDoor({ limits: { spareMs: 5_000 }, configured: async () => current }, first)
    const identity = createIdentity()
    await come(started, identity)
    await come(started, identity)
    await expect.poll(() => first.sockets.size).toBe(2)
    const [linked, lying] = first.sockets
    // It goes at once, and not only when the link has taken its leave.
    linked?.pause()
    current = named(second.url, "another")
    started.gateway.store.hub.deliver([{ kind: "upstream" }])
    await expect.poll(() => lying?.readyState, { timeout: 700 }).toBe(WebSocket.CLOSED)
    linked?.resume()
    await expect.poll(() => first.sockets.size, { timeout: 2_000 }).toBe(0)
    await expect.poll(() => second.sockets.size).toBe(1)
    await untilState(started.gateway, "up")
    expect(await come(started, identity)).toEqual(read)
    expect(first.sockets.size).toBe(0)
    await Promise.all([first.stop(), second.stop()])
  })
})

describe("a dial on a connection that was opened ahead", () => {
  it("ends when its client is gone, without a word to the gateway behind", async () => {
    const upstream = await startFakeUpstream()
    const open = { scopes: read, timeoutMs: 1_000 }
    const ahead = await openChallenged(upstream, open)
    if (!ahead.ok) throw new Error("it was not challenged")
    const outcome = await dial(upstream, { ...open, ahead, signal: AbortSignal.abort(), compose: Object })
    await expect.poll(() => upstream.sockets.size).toBe(0)
    expect(outcome).toEqual({ ok: false, failure: { kind: "given-up" } })
    expect(upstream.connects).toEqual([])
    await upstream.stop()
  })
})
