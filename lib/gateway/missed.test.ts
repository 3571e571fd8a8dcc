import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { seedPolicy } from "@/lib/pairing/policy"
import { currentSettings } from "@/lib/store/settings"
import { createIdentity } from "@/tools/wire-client"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe("a process that cannot know what it missed", () => {
  it("closes every socket so that it comes back, and lets it in again with its token", async () => {
    const identity = createIdentity()
    const scopes = ["operator.read"]
    const first = await gateway.enter({ identity, scopes })
    gateway.store.hub.deliver([{ kind: "missed" }])
    expect(await first.closed).toMatchObject({ code: 1012 })
    const again = await gateway.enter({ identity, scopes, auth: { deviceToken: first.hello.auth.deviceToken ?? "" } })
    expect(again.isOpen()).toBe(true)
    await again.close()
  })

  it("reads settings and policy afresh", async () => {
    const { store } = gateway
    const before = await currentSettings(store)
    await store.policy()
    const row = { value: String(before.attemptDays + 1), updatedAtMs: 1, updatedBy: "another process" }
    await store.db.setting.create({ data: { key: "attemptDays", ...row } })
    const document = JSON.stringify({ ...seedPolicy, localPairing: "manual" })
    await store.db.policyVersion.create({ data: { version: 7, document, atMs: 1, byName: "another process" } })
    expect((await currentSettings(store)).attemptDays).toBe(before.attemptDays)
    store.hub.deliver([{ kind: "missed" }])
    await expect.poll(async () => (await currentSettings(store)).attemptDays).toBe(before.attemptDays + 1)
    expect((await store.policy()).version).toBe(7)
  })
})
