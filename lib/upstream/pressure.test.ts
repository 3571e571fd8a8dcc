import { describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { holdBackAt, sendHoldingBack } from "./hold-back"
import { startTestDoor } from "./testing"

const reader = () => ({ identity: createIdentity(), scopes: ["operator.read"] })

describe("a source whose sink takes nothing", () => {
  function subject() {
    const log: string[] = []
    const state = { buffered: 0, sent: () => {} }
    const source = { pause: () => void log.push("pause"), resume: () => void log.push("resume") }
    const send = sendHoldingBack(source, {
      bufferedBytes: () => state.buffered,
      send(_text, sent) {
        state.sent = sent ?? (() => {})
      },
    })
    return { log, state, send }
  }

  it("is no longer read above the high mark, once", () => {
    const { log, state, send } = subject()
    state.buffered = holdBackAt.high
    send("a")
    expect(log).toEqual([])
    state.buffered = holdBackAt.high + 1
    send("b")
    send("c")
    expect(log).toEqual(["pause"])
  })

  it("is read again below the low mark, and not between the two", () => {
    const { log, state, send } = subject()
    state.buffered = holdBackAt.high + 1
    send("a")
    state.buffered = holdBackAt.low + 1
    state.sent()
    expect(log).toEqual(["pause"])
    state.buffered = holdBackAt.low
    state.sent()
    state.sent()
    expect(log).toEqual(["pause", "resume"])
  })
})

describe("a client that does not read", () => {
  it("makes the gateway behind wait, not this one grow, and gets every event in order when it reads again", async () => {
    const { upstream, gateway } = await startTestDoor()
    const slow = await gateway.enter(reader())
    const seen: number[] = []
    slow.onEvent(({ event, seq }) => event === "cron" && seen.push(seq ?? -1))
    slow.pause()
    const text = "z".repeat(100_000)
    const count = 1_000
    for (let seq = 1; seq <= count; seq += 1) {
      upstream.tell(JSON.stringify({ type: "event", event: "cron", payload: { text }, seq }))
    }
    // Whatever the kernel took, the rest waits where it comes from.
    await expect
      .poll(() => Math.max(...[...upstream.sockets].map((ws) => ws.bufferedAmount)))
      .toBeGreaterThan(50_000_000)
    const other = await gateway.enter(reader())
    expect(await other.request("cron.list", {})).toMatchObject({ ok: true })
    slow.resume()
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(count)
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    await Promise.all([slow.close(), other.close()])
  })

  it("or goes away in the middle of a long answer: nothing of it is left", async () => {
    const { upstream, gateway } = await startTestDoor()
    const base = upstream.sockets.size
    const clients = await Promise.all(Array.from({ length: 20 }, () => gateway.enter(reader())))
    for (const client of clients) {
      void client.request("big", { bytes: 2_000_000 })
      client.pause()
    }
    await expect.poll(() => upstream.requests.length).toBe(20)
    for (const client of clients) client.terminate()
    await expect.poll(() => gateway.store.upstream.report().relays).toBe(0)
    await expect.poll(() => upstream.sockets.size).toBe(base)
    expect(gateway.store.presence.listHere().length).toBe(0)
  })
})

describe("a crowd", () => {
  it("of 1 000 connects at once is served or told to come back, and leaves nothing behind", async () => {
    const { upstream, gateway } = await startTestDoor({
      limits: { dialsAtOnce: 16, dialsWaiting: 256, dialMs: 20_000 },
    })
    const base = upstream.sockets.size
    const identities = Array.from({ length: 25 }, () => createIdentity())
    for (const identity of identities) await (await gateway.enter({ identity, scopes: ["operator.read"] })).close()
    const results = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        gateway.knock({ identity: identities[index % identities.length] ?? null, scopes: ["operator.read"] }),
      ),
    )
    const served = results.filter((result) => result.ok)
    const refused = results.filter((result) => !result.ok)
    expect(served.length).toBeGreaterThan(0)
    for (const result of refused) {
      if (result.ok) continue
      const isTurnedAway = result.httpStatus === 503 || result.error?.code === "UNAVAILABLE"
      expect(isTurnedAway, JSON.stringify(result)).toBe(true)
    }
    expect(upstream.mostAtOnce()).toBeLessThanOrEqual(20)
    expect(gateway.store.upstream.report().state).toBe("up")
    for (const client of served) if (client.ok) await client.close()
    await expect.poll(() => upstream.sockets.size, { timeout: 10_000 }).toBe(base)
  })

  it("of two front doors before one gateway does not disturb either", async () => {
    const first = await startTestDoor()
    const second = await startTestDoor({}, first.upstream)
    const [one, other] = [await first.gateway.enter(reader()), await second.gateway.enter(reader())]
    expect(await one.request("cron.list", { n: 1 })).toMatchObject({ payload: { params: { n: 1 } } })
    expect(await other.request("cron.list", { n: 2 })).toMatchObject({ payload: { params: { n: 2 } } })
    await one.close()
    expect(await other.request("cron.list", { n: 3 })).toMatchObject({ payload: { params: { n: 3 } } })
    await other.close()
  })
})
