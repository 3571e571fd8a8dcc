import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Connected, createIdentity, type DeviceIdentity } from "@/tools/wire-client"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
let admin: Connected

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

/** A device that has used its token, and its session. */
async function paired(scopes: readonly string[]) {
  const identity = createIdentity()
  const first = await gateway.enter({ identity, scopes })
  const token = first.hello.auth.deviceToken ?? ""
  await first.close()
  return { identity, token, session: await gateway.enter({ identity, scopes, auth: { deviceToken: token } }) }
}

const textOf = (answer: unknown, key: string): string => {
  const payload = typeof answer === "object" && answer !== null && "payload" in answer ? answer.payload : answer
  const entry = Object.entries(payload ?? {}).find(([name]) => name === key)
  return typeof entry?.[1] === "string" ? entry[1] : ""
}

/** Has a request filed by reconnecting with a token, and approved. */
async function askAndApprove(identity: DeviceIdentity, deviceToken: string, scopes: readonly string[]) {
  const asked = await gateway.knock({ identity, scopes, auth: { deviceToken } })
  const requestId = asked.ok ? "" : textOf(asked.error?.details, "requestId")
  expect(await admin.request("device.pair.approve", { requestId })).toMatchObject({ ok: true })
}

async function upgrade(session: Connected, scopes: readonly string[]) {
  const requestId = textOf(await session.request("device.scopes.requestUpgrade", { scopes }), "requestId")
  expect(await admin.request("device.pair.approve", { requestId })).toMatchObject({ ok: true })
}

describe("a device comes back with the token that it was last given", () => {
  it("after two approvals while it stayed connected", async () => {
    const { identity, token, session } = await paired(["operator.read"])
    await session.close()
    await askAndApprove(identity, token, ["operator.read", "operator.write"])
    const live = await gateway.enter({ identity, scopes: ["operator.read"], auth: { deviceToken: token } })
    const handed = live.hello.auth.deviceToken ?? ""
    await upgrade(live, ["operator.read", "operator.talk"])
    await upgrade(live, ["operator.read", "operator.approvals"])
    await live.close()
    const again = await gateway.knock({ identity, scopes: ["operator.read"], auth: { deviceToken: handed } })
    expect(again).toMatchObject({ ok: true })
  })

  it("after it asked once more for what was approved meanwhile, for that hands nothing over", async () => {
    const { identity, token, session } = await paired(["operator.read"])
    await upgrade(session, ["operator.read", "operator.write"])
    const again = await session.request("device.scopes.requestUpgrade", { scopes: ["operator.read", "operator.write"] })
    expect(again).toMatchObject({ error: { message: expect.stringContaining("not needed") } })
    const { deviceId } = identity
    const entries = await gateway.store.db.auditEntry.findMany({ where: { deviceId }, orderBy: { id: "desc" } })
    expect(entries[0]).toMatchObject({ action: "request.approved" })
    await session.close()
    const back = await gateway.knock({ identity, scopes: ["operator.read"], auth: { deviceToken: token } })
    expect(back).toMatchObject({ ok: true })
  })

  it("after it rotated its own token, asked for more with the new one and was approved", async () => {
    const scopes = ["operator.read", "operator.pairing"]
    const { identity, session } = await paired(scopes)
    const { deviceId } = identity
    const rotated = await session.request("device.token.rotate", { deviceId, role: "operator" })
    const told = textOf(rotated, "token")
    await askAndApprove(identity, told, [...scopes, "operator.write"])
    const back = await gateway.knock({ identity, scopes, auth: { deviceToken: told } })
    expect(back).toMatchObject({ ok: true, hello: { auth: { scopes } } })
  })

  it("but an admin who rotates the token of another device is told nothing, so nothing went out", async () => {
    const { identity } = await paired(["operator.read"])
    await admin.request("device.token.rotate", { deviceId: identity.deviceId, role: "operator" })
    const token = await gateway.store.db.token.findFirst({ where: { deviceId: identity.deviceId } })
    expect(token).toMatchObject({ deliveredAtMs: null })
  })
})
