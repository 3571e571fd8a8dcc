import { afterAll, beforeAll, expect, it } from "vitest"
import { consoleAuthority } from "@/lib/pairing/authority"
import { approveRequest } from "@/lib/store/approve-request"
import { type Connected, createIdentity } from "@/tools/wire-client"
import { startTestGateway, type TestGateway } from "./testing"

let gateway: TestGateway
let admin: Connected

beforeAll(async () => {
  gateway = await startTestGateway()
  admin = await gateway.enter({ identity: null, client: { id: "cli", mode: "cli" }, scopes: ["operator.admin"] })
})
afterAll(() => gateway.close())

const owner = { kind: "admin", id: "a", name: "Ada", authority: consoleAuthority } as const

/** A node asks, and is let in for a while; from this machine, as everything here. */
async function nodeUntil(untilMs: number) {
  const identity = createIdentity()
  const operator = await gateway.enter({ identity, scopes: ["operator.read"] })
  const asked = await gateway.knock({ identity, role: "node" })
  const requestId = asked.ok ? "" : String(asked.error?.details?.requestId)
  const input = { requestId, from: "console", untilMs, actor: owner, nowMs: Date.now() } as const
  expect(await approveRequest(gateway.store, input)).toMatchObject({ ok: true })
  const node = await gateway.enter({ identity, role: "node" })
  return { identity, operator, node, token: node.hello.auth.deviceToken ?? "" }
}

it("closes the sockets of what was granted for a time within about a second of its end, and no others", async () => {
  const untilMs = Date.now() + 2_500
  const { identity, operator, node, token } = await nodeUntil(untilMs)
  const listed = await admin.request("device.pair.list", {})
  const rows = expect.arrayContaining([expect.objectContaining({ deviceId: identity.deviceId, endsAtMs: untilMs })])
  expect(listed).toMatchObject({ ok: true, payload: { paired: rows } })

  const close = await node.closed
  expect(close).toEqual({ code: 4001, reason: "what was granted for a time has ended" })
  expect(Date.now()).toBeGreaterThan(untilMs)
  expect(Date.now()).toBeLessThan(untilMs + 1_500)
  expect(await operator.request("health", {})).toMatchObject({ ok: true })

  const pending = { ok: false, error: { details: { code: "PAIRING_REQUIRED", reason: "role-upgrade" } } }
  const first = await gateway.knock({ identity, role: "node" })
  expect(first).toMatchObject(pending)
  const again = await gateway.knock({ identity, role: "node", auth: { deviceToken: token } })
  expect(again).toMatchObject(pending)
  const ids = [first, again].map((answer) => (answer.ok ? null : answer.error?.details?.requestId))
  expect(ids[0]).toBe(ids[1])
  expect(await admin.request("device.pair.approve", { requestId: ids[0] })).toMatchObject({ ok: true })
  await (await gateway.enter({ identity, role: "node" })).close()
  await operator.close()
})
