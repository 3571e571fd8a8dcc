import { afterAll, beforeAll, expect, test } from "vitest"
import { startTestGateway, type TestGateway } from "@/lib/gateway/testing"
import { revokeToken } from "@/lib/store/revoke-token"
import { rotateToken } from "@/lib/store/rotate-token"
import { approveAsConsole, consoleAdmin } from "../as-console"
import { asIfFrom, createIdentity } from "../wire-client"
import { type AgentNews, startAgent } from "./agent"

const actor = consoleAdmin({ id: "ada", name: "Ada" })
const role = "operator"
const rememberNarrowing = true
const patience = { timeout: 15_000 }

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

test.skipIf(process.platform !== "linux")("a device lives through approval, rotation and revocation", async () => {
  const identity = createIdentity()
  const { deviceId } = identity
  const news: AgentNews[] = []
  const secrets = new Set<string>()
  const agent = startAgent({
    url: gateway.url,
    identity,
    role,
    scopes: ["operator.read", "operator.write"],
    secret: gateway.store.sharedSecret.current(),
    token: null,
    dial: asIfFrom("203.0.113.9"),
    retryMs: 100,
    keepToken: (token) => token && secrets.add(token.secret),
    tell: (one) => news.push(one),
  })
  const kinds = (kind: AgentNews["kind"]) => news.filter((one) => one.kind === kind)

  await expect.poll(() => kinds("waiting").length, patience).toBeGreaterThan(0)
  const { requestId } = await gateway.store.db.request.findFirstOrThrow({ where: { deviceId } })
  await approveAsConsole(gateway.store, { requestId, actor })
  await expect.poll(() => kinds("in").length, patience).toBe(1)
  expect(kinds("in")).toEqual([
    { kind: "in", scopes: ["operator.read", "operator.write"], with: "shared token", handedOver: "first" },
  ])

  const rotated = await rotateToken(gateway.store, {
    ...{ deviceId, role, scopes: ["operator.read"], mode: { kind: "on-pickup" }, rememberNarrowing, actor },
    nowMs: Date.now(),
  })
  expect(rotated.ok).toBe(true)
  await expect.poll(() => kinds("in").length, patience).toBe(2)
  expect(kinds("closed")).toEqual([{ kind: "closed", close: { code: 4001, reason: expect.any(String) } }])
  const narrowed = { kind: "in", scopes: ["operator.read"], with: "device token" }
  expect(kinds("in").at(-1)).toEqual({ ...narrowed, handedOver: "replaced" })
  expect(secrets.size).toBe(2)

  await agent.connection()?.close()
  await expect.poll(() => kinds("in").length, patience).toBe(3)
  expect(kinds("in").at(-1)).toEqual({ ...narrowed, handedOver: "same" })

  const tries = kinds("waiting").length
  await revokeToken(gateway.store, { deviceId, role, actor, nowMs: Date.now() })
  await expect.poll(() => kinds("waiting").length, patience).toBeGreaterThan(tries)
  expect(kinds("token-refused")).toHaveLength(1)
  expect(kinds("waiting").at(-1)).toMatchObject({ details: { reason: "role-upgrade" } })
  await agent.stop()
})
