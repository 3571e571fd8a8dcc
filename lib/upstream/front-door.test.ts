import { describe, expect, it } from "vitest"
import { remote, sharedToken } from "@/lib/gateway/testing"
import { connectParams, createIdentity } from "@/tools/wire-client"
import { openSocket } from "@/tools/wire-socket"
import { startTestDoor } from "./testing"

describe("an operator behind the front door", () => {
  it("gets the service of the gateway behind, with exactly what was granted, and nothing of it is copied", async () => {
    const { upstream, gateway } = await startTestDoor()
    const identity = createIdentity()
    const before = upstream.connects.length
    const client = await gateway.enter({
      identity,
      scopes: ["operator.read"],
      caps: ["tool-events"],
      client: { displayName: "Ops laptop" },
    })
    expect(client.hello).toMatchObject({
      protocol: 4,
      server: { version: "2026.9.6" },
      auth: {
        method: "token",
        role: "operator",
        scopes: ["operator.read"],
        deviceToken: expect.stringMatching(/^[\w-]{43}$/),
      },
    })
    expect(client.hello.auth).not.toHaveProperty("recoveryScope")
    expect(upstream.connects.slice(before)).toEqual([
      {
        headers: expect.objectContaining({ "x-openclaw-scopes": "operator.read" }),
        params: expect.objectContaining({
          caps: ["tool-events"],
          client: expect.objectContaining({ id: "gateway-client", mode: "backend", displayName: "Ops laptop" }),
          role: "operator",
          scopes: ["operator.read"],
          auth: { token: "upstream-secret" },
        }),
      },
    ])
    expect(upstream.connects.at(-1)?.params).not.toHaveProperty("device")
    expect(await client.request("cron.list", { all: true })).toEqual({
      ok: true,
      payload: { echoed: "cron.list", params: { all: true } },
    })
    expect(await client.request("cron.run", {})).toMatchObject({
      ok: false,
      error: { code: "FORBIDDEN", details: { missingScope: "operator.admin" } },
    })
    const [live] = gateway.store.presence.listHere()
    expect(live?.calls?.(Date.now())).toEqual([
      { method: "cron.list", count: 1, refused: 0, missingScope: null },
      { method: "cron.run", count: 1, refused: 1, missingScope: "operator.admin" },
    ])
    await client.close()
  })

  it("sends no header of the device on, whatever it claims", async () => {
    const { upstream, gateway } = await startTestDoor()
    const client = await gateway.enter({
      identity: createIdentity(),
      scopes: ["operator.read"],
      headers: { "x-openclaw-scopes": "operator.admin", "tailscale-user-login": "root", "x-openclaw-token": "x" },
    })
    const { headers } = upstream.connects.at(-1) ?? {}
    expect(headers).toMatchObject({ "x-openclaw-scopes": "operator.read" })
    for (const name of ["origin", "forwarded", "tailscale-user-login", "x-openclaw-token"]) {
      expect(headers).not.toHaveProperty(name)
    }
    await client.close()
  })

  it("asks about pairing here, however the method is spelled, and cannot connect a second time", async () => {
    const { upstream, gateway } = await startTestDoor()
    const client = await gateway.enter({ identity: createIdentity(), scopes: ["operator.pairing"] })
    const listed = await client.request("device.pair.list", {})
    expect(listed).toMatchObject({ ok: true, payload: { paired: [{ connected: true }] } })
    const sly = '{"type":"req","id":"sly","method":"\\u0064evice.pair.list","params":{}}'
    expect(await client.requestText("sly", sly)).toMatchObject({ ok: true, payload: { paired: [{ connected: true }] } })
    expect(await client.request("device.pair.setupCode", {})).toMatchObject({
      ok: false,
      error: { message: "unknown method: device.pair.setupCode" },
    })
    expect(await client.request("connect", {})).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } })
    expect(upstream.requests).toEqual([])
    await client.close()
  })

  it("from elsewhere earns no scope by calling itself a backend", async () => {
    const { upstream, gateway } = await startTestDoor()
    const client = await gateway.knock({
      scopes: ["operator.admin"],
      client: { id: "gateway-client", mode: "backend" },
      ...remote(),
    })
    expect(client).toMatchObject({ ok: true, hello: { auth: { scopes: [] } } })
    expect(upstream.connects.at(-1)).toMatchObject({ headers: { "x-openclaw-scopes": "" }, params: { scopes: [] } })
    if (client.ok) await client.close()
  })

  it("reaches the gateway behind only after it was let in", async () => {
    const { upstream, gateway } = await startTestDoor()
    const before = upstream.connects.length
    const refused = await gateway.knock({ identity: createIdentity(), scopes: ["operator.read"], ...remote() })
    expect(refused).toMatchObject({ ok: false, error: { details: { code: "PAIRING_REQUIRED" } } })
    const wrong = await gateway.knock({ identity: createIdentity(), auth: { token: "wrong" } })
    expect(wrong).toMatchObject({ ok: false })
    expect(upstream.connects).toHaveLength(before)
  })

  it("of protocol 3 is served, and spoken to in its own", async () => {
    const { gateway } = await startTestDoor()
    const client = await gateway.enter({
      identity: createIdentity(),
      scopes: ["operator.read"],
      protocol: { min: 3, max: 3 },
    })
    expect(client.hello.protocol).toBe(3)
    expect(await client.request("cron.list", {})).toMatchObject({ ok: true })
    await client.close()
  })

  it("sees no event of the other gateway's own pairing, and no gap either", async () => {
    const { upstream, gateway } = await startTestDoor()
    const client = await gateway.enter({ identity: createIdentity(), scopes: ["operator.pairing"] })
    const event = (name: string, seq: number) => JSON.stringify({ type: "event", event: name, payload: { seq }, seq })
    for (const [index, name] of ["cron", "device.pair.requested", "health"].entries())
      upstream.tell(event(name, index + 1))
    await client.nextEvent("health")
    const numbered = client.events.filter(({ seq }) => seq !== undefined)
    expect(numbered.map(({ event, seq }) => `${seq} ${event}`)).toEqual(["1 cron", "2 tick", "3 health"])
    const other = gateway.knock({ identity: createIdentity(), scopes: ["operator.read"], ...remote() })
    const told = await client.nextEvent("device.pair.requested")
    expect(told.seq).toBeUndefined()
    await other
    await client.close()
  })

  it("loses its connection within a second when its token is revoked, on both sides", async () => {
    const { upstream, gateway } = await startTestDoor()
    const owner = await gateway.enter({ scopes: ["operator.admin"], client: { id: "cli", mode: "cli" } })
    const identity = createIdentity()
    const client = await gateway.enter({ identity, scopes: ["operator.read"] })
    const open = upstream.sockets.size
    const revoked = await owner.request("device.token.revoke", { deviceId: identity.deviceId, role: "operator" })
    expect(revoked).toMatchObject({ ok: true })
    expect(await client.closed).toMatchObject({ code: 4001 })
    await expect.poll(() => upstream.sockets.size, { timeout: 2_000 }).toBe(open - 1)
    await owner.close()
  })

  it("is sent away where the gateway behind came or went while it was decided about", async () => {
    const { upstream, gateway } = await startTestDoor({ isSeen: false })
    const before = upstream.connects.length
    const node = await gateway.knock({ identity: createIdentity(), role: "node", commands: ["system.run"] })
    expect(node).toMatchObject({ ok: false, close: { code: 1012 } })
    expect(upstream.connects).toHaveLength(before)
  })

  it("may not send long frames before it was answered", async () => {
    const { upstream, gateway } = await startTestDoor()
    upstream.behaviour.challengeAfterMs = 400
    const socket = await openSocket({ url: gateway.url })
    if (!socket.ok) throw new Error("the socket was refused")
    const { events, sendText, closed } = socket.socket
    await expect.poll(() => events.length).toBe(1)
    const auth = { token: sharedToken }
    const params = connectParams({ identity: null, client: { id: "cli", mode: "cli" }, auth }, { nonce: "", ts: 0 })
    sendText(JSON.stringify({ type: "req", id: "1", method: "connect", params }))
    await expect.poll(() => gateway.store.presence.listHere().length).toBe(1)
    sendText(JSON.stringify({ type: "req", id: "2", method: "cron.list", params: { text: "x".repeat(70_000) } }))
    expect((await closed).code).toBe(1009)
  })
})
