import { describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { startFakeUpstream } from "./fake-upstream"
import { startDoorBefore, startTestDoor, untilState } from "./testing"

const reader = () => ({ identity: createIdentity(), scopes: ["operator.read"] })

const comeBack = {
  ok: false,
  error: { code: "UNAVAILABLE", retryable: true, retryAfterMs: expect.any(Number) },
  close: { code: 1013 },
}

describe("a gateway behind that is not there", () => {
  it("at the start: clients are told to come back, and are served once it is", async () => {
    const upstream = await startFakeUpstream()
    await upstream.stop()
    const { gateway } = await startDoorBefore(upstream)
    await untilState(gateway, "down")
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    const late = await startFakeUpstream({}, upstream.port)
    await untilState(gateway, "up")
    const client = await gateway.enter(reader())
    expect(await client.request("cron.list", {})).toMatchObject({ ok: true })
    await client.close()
    await late.stop()
  })

  it("dies while it is in use: its clients are told at once of a restart, and the next ones to come back", async () => {
    const { upstream, gateway } = await startTestDoor()
    const client = await gateway.enter(reader())
    const waiting = client.request("cron.list", {})
    await waiting
    upstream.behaviour.answerAfterMs = 5_000
    const unanswered = client.request("cron.list", {})
    await upstream.stop("kill")
    expect(await client.closed).toMatchObject({ code: 1012, reason: "service restart" })
    expect(await unanswered).toMatchObject({ ok: false })
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
  })

  it("restarts under 200 clients: all of them are told so, and all of them come back", async () => {
    const { upstream, gateway } = await startTestDoor()
    const identities = Array.from({ length: 200 }, () => createIdentity())
    const enter = () =>
      Promise.all(identities.map((identity) => gateway.enter({ identity, scopes: ["operator.read"] })))
    const before = await enter()
    await upstream.stop("close")
    for (const client of before) expect(await client.closed).toMatchObject({ code: 1012 })
    const fresh = await startFakeUpstream({}, upstream.port)
    await untilState(gateway, "up")
    const after = await enter()
    expect(fresh.mostAtOnce()).toBeLessThanOrEqual(20)
    expect(gateway.store.upstream.report().relays).toBe(200)
    await Promise.all(after.map((client) => client.close()))
    await expect.poll(() => gateway.store.upstream.report().relays).toBe(0)
    await fresh.stop()
  })
})

describe("a gateway behind that is looked at for the first time", () => {
  it("has its first clients wait for the verdict", async () => {
    const upstream = await startFakeUpstream({ answerAfterMs: 100 })
    const { gateway } = await startDoorBefore(upstream)
    expect(gateway.store.upstream.report().state).toBe("connecting")
    const client = await gateway.enter(reader())
    expect(client.hello.server.version).toBe("2026.9.6")
    await client.close()
    await upstream.stop()
  })
})

describe("a gateway behind that is slow", () => {
  it("with its challenge: the client is told to come back", async () => {
    const { upstream, gateway } = await startTestDoor({ limits: { dialMs: 500 } })
    upstream.behaviour.challengeAfterMs = null
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    // And it is looked at again, so that the console says so.
    await untilState(gateway, "down")
  })

  it("with its answers: they arrive all the same, and other clients do not wait for them", async () => {
    const { upstream, gateway } = await startTestDoor()
    const [slow, quick] = [await gateway.enter(reader()), await gateway.enter(reader())]
    upstream.behaviour.answerAfterMs = 10_000
    const late = slow.request("cron.list", { late: true })
    await expect.poll(() => upstream.requests.length).toBe(1)
    upstream.behaviour.answerAfterMs = 0
    expect(await quick.request("cron.list", {})).toMatchObject({ ok: true })
    expect(await late).toMatchObject({ ok: true, payload: { params: { late: true } } })
    await Promise.all([slow.close(), quick.close()])
  })

  it("and many clients at once: few are dialled at a time, and too many are told to come back", async () => {
    const { upstream, gateway } = await startTestDoor({ limits: { dialsAtOnce: 4, dialsWaiting: 20 } })
    upstream.behaviour.challengeAfterMs = 50
    const identities = Array.from({ length: 60 }, () => createIdentity())
    const results = await Promise.all(
      identities.map((identity) => gateway.knock({ identity, scopes: ["operator.read"] })),
    )
    const served = results.filter((result) => result.ok)
    expect(served.length).toBeGreaterThanOrEqual(24)
    for (const result of results) if (!result.ok) expect(result).toMatchObject(comeBack)
    expect(results.length - served.length).toBeGreaterThan(0)
    expect(upstream.mostAtOnce()).toBeLessThanOrEqual(5)
    for (const client of served) if (client.ok) await client.close()
  })
})

describe("a place before a gateway behind that is slow", () => {
  it("is free again when the client that waited for it goes away", async () => {
    const { upstream, gateway } = await startTestDoor({ limits: { dialsAtOnce: 1, dialsWaiting: 1 } })
    upstream.behaviour.challengeAfterMs = 4_000
    const first = gateway.enter(reader())
    await expect.poll(() => gateway.store.presence.listHere().length).toBe(1)
    expect(await gateway.knock({ ...reader(), timeoutMs: 200 })).toMatchObject({ ok: false, error: null })
    await expect.poll(() => gateway.store.upstream.report().waiting, { timeout: 1_000 }).toBe(0)
    upstream.behaviour.challengeAfterMs = 0
    const next = await gateway.enter(reader())
    await Promise.all([(await first).close(), next.close()])
  })

  it("is waited for so long and no longer: then the client is told to come back", async () => {
    const { upstream, gateway } = await startTestDoor({ limits: { dialsAtOnce: 1, dialsWaiting: 4, waitMs: 200 } })
    upstream.behaviour.challengeAfterMs = 1_500
    const first = gateway.enter(reader())
    await expect.poll(() => gateway.store.presence.listHere().length).toBe(1)
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    expect(gateway.store.upstream.report().state).toBe("up")
    await (await first).close()
  })
})

describe("a gateway behind that must not be used", () => {
  it.each([
    ["lets in without a secret", { open: true }, "secret-needed"],
    ["grants more than it is asked", { extraScopes: ["operator.admin"] }, "scopes-kept"],
    ["does not keep to the header", { ignoresHeader: true }, "header-kept"],
    ["answers methods whose scope is missing", { ignoresScopes: true }, "methods-kept"],
    ["listens beyond this machine", { bind: "lan" }, "loopback"],
    ["lets nodes in by itself", { autoApproveLocal: true }, "auto-approve-off"],
    ["shares its secret with the devices", { secret: "shared-token-of-the-wire-tests" }, "own-secret"],
  ])("since it %s", async (_what, behaviour, name) => {
    const upstream = await startFakeUpstream(behaviour)
    const { gateway } = await startDoorBefore(upstream)
    await untilState(gateway, "unsafe")
    const { steps, reason } = gateway.store.upstream.report()
    const first = steps.find(({ result }) => result === "bad")
    expect(first).toMatchObject({ name, found: reason })
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    expect(upstream.requests).toEqual([])
    await upstream.stop()
  })

  it("since it is on another machine", async () => {
    const target = { url: "ws://192.0.2.1:18789", behaviour: { secret: "upstream-secret" } }
    const { gateway } = await startDoorBefore({ ...target, behaviour: { ...fair, ...target.behaviour } })
    await untilState(gateway, "unsafe")
    expect(gateway.store.upstream.report().reason).toMatch(/is not an address of this machine/)
  })

  it("since it begins to grant more while it is in use: nobody is served from then on, until it is well again", async () => {
    const { upstream, gateway } = await startTestDoor()
    upstream.behaviour.extraScopes = ["operator.admin"]
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    await untilState(gateway, "unsafe")
    expect(await gateway.knock(reader())).toMatchObject(comeBack)
    upstream.behaviour.extraScopes = []
    await untilState(gateway, "up")
    const client = await gateway.enter(reader())
    expect(client.hello.auth.scopes).toEqual(["operator.read"])
    await client.close()
  })

  it("since it wants another secret: its refusal is shown here, and never to a device", async () => {
    const { upstream, gateway } = await startTestDoor()
    upstream.behaviour.secret = "changed"
    const refused = await gateway.knock(reader())
    expect(refused).toMatchObject(comeBack)
    expect(JSON.stringify(refused)).not.toMatch(/AUTH_|mismatch|secret/i)
    await untilState(gateway, "wrong-secret")
    expect(gateway.store.upstream.report().reason).toMatch(/AUTH_TOKEN_MISMATCH/)
  })
})

describe("what is relayed", () => {
  it("is up to 20 MB long in both directions", async () => {
    const { gateway } = await startTestDoor()
    const client = await gateway.enter(reader())
    const text = "y".repeat(20_000_000)
    const echoed = await client.request("cron.list", { text })
    expect(echoed.ok && JSON.stringify(echoed.payload).length).toBeGreaterThan(20_000_000)
    const big = await client.request("big", { bytes: 2_000_000 })
    expect(big.ok && JSON.stringify(big.payload).length).toBeGreaterThan(2_000_000)
    await client.close()
  })

  it("ends with what the gateway behind says, but for what is about its own credential", async () => {
    const { upstream, gateway } = await startTestDoor()
    const closeAll = (code: number, reason: string) => {
      for (const ws of upstream.sockets) ws.close(code, reason)
    }
    for (const [code, reason, seen] of [
      [1008, "slow consumer", 1008],
      [1008, "unauthorized: gateway token mismatch", 1012],
      [4001, "gateway auth changed", 1012],
      [1011, "internal", 1011],
    ] as const) {
      await untilState(gateway, "up")
      const client = await gateway.enter(reader())
      closeAll(code, reason)
      const close = await client.closed
      expect(close.code, reason).toBe(seen)
      expect(close.reason).not.toMatch(/mismatch|auth changed/)
    }
  })

  it("ends when the gateway behind sends more than any client takes", async () => {
    const { gateway } = await startTestDoor()
    const client = await gateway.enter(reader())
    const answer = client.request("big", { bytes: 60 * 1024 * 1024 })
    expect((await client.closed).code).toBeGreaterThanOrEqual(1009)
    expect(await answer).toMatchObject({ ok: false })
    const other = await gateway.enter(reader())
    await other.close()
  })
})

const fair = {
  ...{ secret: "upstream-secret", open: false, extraScopes: [], ignoresHeader: false, ignoresScopes: false },
  ...{ autoApproveLocal: false, bind: "loopback", challengeAfterMs: 0, answerAfterMs: 0, version: "2026.9.6" },
  staleAfterMs: null,
  page: () => {},
}
