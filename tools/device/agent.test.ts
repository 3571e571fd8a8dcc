import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { WebSocketServer } from "ws"
import { z } from "zod"
import { createIdentity } from "../wire-client"
import { type AgentNews, type KeptToken, startAgent } from "./agent"

type Auth = { token?: string | undefined; deviceToken?: string | undefined }
type Answer = { in: { scopes: string[]; deviceToken: string } } | { refused: Record<string, unknown>; code: string }

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

const connectSchema = z.object({
  id: z.string(),
  params: z.object({ auth: z.object({ token: z.string().optional(), deviceToken: z.string().optional() }) }),
})

/** A gateway that answers each connect with the next line of its script. */
async function scriptedGateway(script: Answer[]): Promise<{ url: string; seen: Auth[] }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 })
  await once(server, "listening")
  open.push(() => server.close())
  const seen: Auth[] = []
  server.on("connection", (socket) => {
    const payload = { nonce: "n", ts: 1, capabilities: [] }
    socket.send(JSON.stringify({ type: "event", event: "connect.challenge", payload }))
    socket.on("message", (bytes) => {
      const { id, params } = connectSchema.parse(JSON.parse(bytes.toString()))
      seen.push(params.auth)
      const answer = script.shift() ?? { refused: {}, code: "END" }
      const body =
        "in" in answer
          ? { ok: true, payload: hello(answer.in) }
          : { ok: false, error: { code: answer.code, message: "no", details: answer.refused } }
      socket.send(JSON.stringify({ type: "res", id, ...body }))
      if ("refused" in answer) socket.close(1008, "no")
    })
  })
  const { port } = server.address() as AddressInfo
  return { url: `ws://127.0.0.1:${port}`, seen }
}

function hello(auth: { scopes: string[]; deviceToken: string }) {
  return {
    type: "hello-ok",
    protocol: 4,
    server: { version: "1", connId: "c" },
    auth: { role: "operator", ...auth },
    policy: { tickIntervalMs: 30_000 },
  }
}

function deviceAt(url: string, own: { scopes: string[]; token?: KeptToken; secret?: string | null; once?: boolean }) {
  const news: AgentNews[] = []
  const kept: (KeptToken | null)[] = []
  const agent = startAgent({
    url,
    identity: createIdentity(),
    role: "operator",
    scopes: own.scopes,
    secret: own.secret === undefined ? "shared" : own.secret,
    token: own.token ?? null,
    retryMs: 5,
    once: own.once ?? false,
    keepToken: (token) => kept.push(token),
    tell: (one) => news.push(one),
  })
  return { agent, news, kept }
}

const pending = { code: "NOT_PAIRED", refused: { code: "PAIRING_REQUIRED", requestId: "r1", pauseReconnect: false } }

test("knocks until it is let in, keeps the token, and presents that one once its socket was closed", async () => {
  const admitted = { in: { scopes: ["operator.read"], deviceToken: "t1" } }
  const gateway = await scriptedGateway([pending, pending, admitted, admitted])
  const { agent, news, kept } = deviceAt(gateway.url, { scopes: ["operator.read"] })
  await expect.poll(() => agent.connection()).not.toBeNull()
  await agent.connection()?.close()
  await expect.poll(() => gateway.seen.length, { timeout: 3_000 }).toBe(4)
  await expect.poll(() => agent.connection()).not.toBeNull()
  await agent.stop()
  expect(gateway.seen).toEqual([{ token: "shared" }, { token: "shared" }, { token: "shared" }, { deviceToken: "t1" }])
  expect(kept).toEqual([{ secret: "t1", scopes: ["operator.read"], asked: ["operator.read"] }])
  expect(news.map((one) => one.kind)).toEqual(["waiting", "waiting", "in", "closed", "in"])
})

test("goes on with its token where it was granted less than it asks", async () => {
  const gateway = await scriptedGateway([{ in: { scopes: ["operator.read"], deviceToken: "t1" } }])
  const token = { secret: "t1", scopes: ["operator.read"], asked: ["operator.read", "operator.write"] }
  const { agent } = deviceAt(gateway.url, { scopes: ["operator.read", "operator.write"], token, once: true })
  expect(await agent.finished).toBe("in")
  expect(gateway.seen).toEqual([{ deviceToken: "t1" }])
})

test("asks for more with the shared token, not with the token that never held it", async () => {
  const gateway = await scriptedGateway([pending])
  const token = { secret: "t1", scopes: ["operator.read"], asked: ["operator.read"] }
  const { agent } = deviceAt(gateway.url, { scopes: ["operator.admin"], token, once: true })
  expect(await agent.finished).toBe("waiting")
  expect(gateway.seen).toEqual([{ token: "shared" }])
})

test("forgets a token that is no longer good and falls back to the shared one", async () => {
  const mismatch = { code: "INVALID_REQUEST", refused: { code: "AUTH_DEVICE_TOKEN_MISMATCH" } }
  const gateway = await scriptedGateway([mismatch, pending])
  const token = { secret: "t1", scopes: ["operator.read"], asked: ["operator.read"] }
  const { agent, kept } = deviceAt(gateway.url, { scopes: ["operator.read"], token, once: true })
  expect(await agent.finished).toBe("waiting")
  expect(gateway.seen).toEqual([{ deviceToken: "t1" }, { token: "shared" }])
  expect(kept).toEqual([null])
})

test("stops for good when it is told to pause", async () => {
  const blocked = { code: "NOT_PAIRED", refused: { code: "PAIRING_REQUIRED", reason: "blocked", pauseReconnect: true } }
  const gateway = await scriptedGateway([blocked])
  const { agent, news } = deviceAt(gateway.url, { scopes: ["operator.read"] })
  expect(await agent.finished).toBe("refused")
  expect(news).toEqual([{ kind: "refused", code: "PAIRING_REQUIRED", message: "no", final: true }])
})
