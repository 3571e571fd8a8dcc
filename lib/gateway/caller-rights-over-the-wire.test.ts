import { afterEach, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import { blockDevice } from "@/lib/store/block-device"
import { createIdentity } from "@/tools/wire-client"
import { remote, startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway | null = null
afterEach(async () => {
  await gateway?.close()
  gateway = null
})

const owner = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const

it.each(["shared secret", "device token"])(
  "no command of a session that its %s opened is carried out after the block of its device",
  async (by) => {
    gateway = await startTestGateway()
    const { store, enter, knock } = gateway
    const identity = createIdentity()
    let session = await enter({ identity, scopes: ["operator.admin"] })
    if (by === "device token") {
      const deviceToken = session.hello.auth.deviceToken ?? ""
      session = await enter({ identity, scopes: ["operator.admin"], auth: { deviceToken } })
    }
    const asking: string[] = []
    for (let i = 0; i < 30; i += 1) {
      const options = { identity: createIdentity(), scopes: ["operator.admin"], ...remote(`203.0.113.${i + 1}`) }
      const refused = await knock(options)
      if (!refused.ok) asking.push(String(refused.error?.details?.requestId))
    }
    const order: string[] = []
    store.hub.subscribe((changes) => {
      for (const change of changes) {
        if (change.kind === "sessions-closed" && change.deviceId === identity.deviceId) order.push("blocked")
        if (change.kind === "request" && change.status === "approved") order.push("approved")
      }
    })
    const blocking = blockDevice(store, {
      deviceId: identity.deviceId,
      actor: owner,
      confirmedLockout: true,
      nowMs: Date.now(),
    })
    await Promise.all(asking.map((requestId) => session.request("device.pair.approve", { requestId })))
    expect(await blocking).toMatchObject({ ok: true })
    expect(order.indexOf("blocked")).toBeGreaterThanOrEqual(0)
    expect(order.slice(order.indexOf("blocked"))).toEqual(["blocked"])
  },
)
