import { afterEach, describe, expect, it } from "vitest"
import { createIdentity } from "@/tools/wire-client"
import { responseFrame } from "./frames"
import type { Serve } from "./gateway"
import { helloAuth, helloPayload } from "./hello"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway | null = null

afterEach(async () => {
  await gateway?.close()
  gateway = null
})

describe("the step after an allow", () => {
  it("can be replaced: it answers the connect itself and gets what follows", async () => {
    const seen: string[] = []
    const serve: Serve = ({ settings }, { requestId, decision, device }, wire) => {
      seen.push(`${device?.deviceId} ${decision.granted}`)
      const payload = helloPayload({
        protocol: 4,
        version: "elsewhere",
        connId: "relayed",
        auth: helloAuth({ method: "token", decision, token: null }, decision.granted),
        methods: [],
        uptimeMs: 0,
        settings: settings(),
      })
      wire.send(responseFrame(requestId, { ok: true, payload }))
      return {
        receive: ({ id, method }) => wire.send(responseFrame(id, { ok: true, payload: `relayed ${method}` })),
        ended: () => void seen.push("ended"),
      }
    }
    gateway = await startTestGateway({ serve })
    const identity = createIdentity()
    const client = await gateway.enter({ identity, scopes: ["operator.read"] })
    expect(client.hello.server).toMatchObject({ version: "elsewhere", connId: "relayed" })
    expect(await client.request("sessions.list", {})).toEqual({ ok: true, payload: "relayed sessions.list" })
    await client.close()
    await expect.poll(() => seen).toEqual([`${identity.deviceId} operator.read`, "ended"])
  })
})

describe("a device whose rights end in the very moment it is let in", () => {
  it("is cut off", async () => {
    gateway = await startTestGateway()
    const { store } = gateway
    const identity = createIdentity()
    const readPolicy = store.policy
    const endedMeanwhile = async () => {
      const because = "the token was revoked"
      store.hub.deliver([{ kind: "sessions-closed", deviceId: identity.deviceId, role: null, because }])
      await new Promise((resolve) => setTimeout(resolve, 20))
      return readPolicy()
    }
    Object.assign(store, { policy: endedMeanwhile })
    const client = await gateway.knock({ identity, scopes: ["operator.read"] })
    expect(client.ok).toBe(true)
    const close = client.ok ? await client.closed : client.close
    expect(close).toEqual({ code: 4001, reason: "rights changed" })
  })

  it("is not mistaken for another one", async () => {
    gateway = await startTestGateway()
    const client = await gateway.enter({ identity: createIdentity(), scopes: ["operator.read"] })
    const { deviceId } = createIdentity()
    gateway.store.hub.deliver([{ kind: "sessions-closed", deviceId, role: null, because: "other" }])
    expect(await client.request("health")).toMatchObject({ ok: true })
    expect(client.isOpen()).toBe(true)
    await client.close()
  })
})
