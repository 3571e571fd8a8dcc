import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import { type WebSocket, WebSocketServer } from "ws"
import { z } from "zod"
import { type FakeNode, fakeDesk } from "./fake-desk"

/** What a gateway behind does right or wrong; changed while it runs. */
export type Behaviour = {
  secret: string
  /** Lets in without any secret. */
  open: boolean
  /** Granted besides what is asked. */
  extraScopes: string[]
  ignoresHeader: boolean
  /** Answers what a scope is missing for. */
  ignoresScopes: boolean
  autoApproveLocal: boolean
  /** Where it says that it listens. */
  bind: string
  /** Null never sends one. */
  challengeAfterMs: number | null
  /** A connect that comes later than that after the challenge finds its connection dead; null takes it whenever. */
  staleAfterMs: number | null
  answerAfterMs: number
  version: string
  /** Answers over HTTP. */
  page: RequestListener
}

export type Seen = { readonly headers: IncomingMessage["headers"]; readonly params: Record<string, unknown> }

export type Fetched = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage["headers"]
}

export type FakeUpstream = {
  readonly url: string
  readonly port: number
  readonly behaviour: Behaviour
  /** The cap of every connection that was opened, whether a connect followed or not. */
  readonly caps: readonly string[]
  /** Every connect that it was sent. */
  readonly connects: readonly Seen[]
  /** Every request over HTTP. */
  readonly fetched: readonly Fetched[]
  /** Every request after a connect: its text as it came. */
  readonly requests: readonly string[]
  /** What the front door asked for itself. */
  readonly asked: readonly { readonly method: string; readonly params: Record<string, unknown> }[]
  readonly sockets: ReadonlySet<WebSocket>
  /** By the ids that they have here. */
  readonly nodes: ReadonlyMap<string, FakeNode>
  /** Most sockets that were in their handshake at the same time. */
  readonly mostAtOnce: () => number
  /** Sends a text to every session that is no link and no test of the front door. */
  readonly tell: (text: string) => void
  readonly stop: (how?: "close" | "kill") => Promise<void>
}

const frame = z.object({ id: z.string(), method: z.string(), params: z.record(z.string(), z.unknown()).optional() })
const connectParams = z.looseObject({
  scopes: z.array(z.string()),
  client: z.looseObject({ displayName: z.string().optional(), platform: z.string() }),
  auth: z.object({ token: z.string().optional(), password: z.string().optional() }).optional(),
  role: z.string(),
  commands: z.array(z.string()).optional(),
  device: z.looseObject({ id: z.string(), nonce: z.string() }).optional(),
})

const needs: Record<string, string> = {
  "device.pair.list": "operator.pairing",
  "config.get": "operator.read",
  "node.list": "operator.read",
  "cron.list": "operator.read",
  "cron.run": "operator.admin",
}

const holds = (scopes: readonly string[], needed: string | undefined) =>
  needed === undefined || scopes.includes(needed) || scopes.includes("operator.admin")

/** A small gateway of the same protocol, for what the real one cannot be made to do. */
export async function startFakeUpstream(given: Partial<Behaviour> = {}, port = 0): Promise<FakeUpstream> {
  const behaviour: Behaviour = {
    ...{ secret: "upstream-secret", open: false, extraScopes: [], ignoresHeader: false, ignoresScopes: false },
    ...{ autoApproveLocal: false, bind: "loopback", challengeAfterMs: 0, answerAfterMs: 0, version: "2026.9.6" },
    staleAfterMs: null,
    page: (_request, response) => void response.writeHead(404).end(),
    ...given,
  }
  const fetched: Fetched[] = []
  const http = createServer((request, response) => {
    fetched.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers })
    behaviour.page(request, response)
  })
  const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 })
  http.listen(port, "127.0.0.1")
  await once(http, "listening")
  const address = http.address()
  const bound = typeof address === "object" && address !== null ? address.port : 0
  const caps: string[] = []
  const connects: Seen[] = []
  const requests: string[] = []
  const asked: { method: string; params: Record<string, unknown> }[] = []
  const told = new Set<WebSocket>()
  const desk = fakeDesk()
  let shaking = 0
  let most = 0

  server.on("connection", (ws, request) => {
    const openedMs = performance.now()
    const header = String(request.headers["x-openclaw-scopes"] ?? "")
    caps.push(header)
    shaking += 1
    most = Math.max(most, shaking)
    let scopes: readonly string[] | null = null
    let isShaking = true
    const shaken = () => {
      if (isShaking) shaking -= 1
      isShaking = false
    }
    const answer = (id: string, body: object) =>
      void setTimeout(() => ws.send(JSON.stringify({ type: "res", id, ...body })), behaviour.answerAfterMs)
    const refuse = (id: string, code: string, details: object) =>
      answer(id, { ok: false, error: { code, message: "refused", details } })

    ws.on("error", () => {})
    ws.on("close", shaken)
    ws.on("message", (bytes) => {
      const { id, method, params = {} } = frame.parse(JSON.parse(bytes.toString()))
      if (method === "connect") {
        if (behaviour.staleAfterMs !== null && performance.now() - openedMs > behaviour.staleAfterMs) {
          return ws.terminate()
        }
        connects.push({ headers: request.headers, params })
        const connect = connectParams.parse(params)
        const secret = connect.auth?.token ?? connect.auth?.password
        shaken()
        if (!behaviour.open && secret === undefined)
          return refuse(id, "NOT_PAIRED", { code: "DEVICE_IDENTITY_REQUIRED" })
        if (!behaviour.open && secret !== behaviour.secret) {
          return refuse(id, "INVALID_REQUEST", { code: "AUTH_TOKEN_MISMATCH" })
        }
        if (connect.role === "node") {
          const refusal = desk.admit(connect)
          if (refusal !== null) return refuse(id, "NOT_PAIRED", { code: "PAIRING_REQUIRED", ...refusal })
          scopes = []
          told.add(ws)
          return answer(id, { ok: true, payload: hello(behaviour.version, "node", [], connect.device?.id) })
        }
        const capped = behaviour.ignoresHeader
          ? connect.scopes
          : connect.scopes.filter((scope) => header.split(",").includes(scope))
        scopes = [...capped, ...(connect.scopes.length > 0 ? behaviour.extraScopes : [])]
        if (!(connect.client.displayName ?? "").startsWith("gatehouse")) told.add(ws)
        return answer(id, { ok: true, payload: hello(behaviour.version, "operator", scopes) })
      }
      if (scopes === null) return ws.close(1008)
      if (told.has(ws)) requests.push(bytes.toString())
      else asked.push({ method, params })
      const needed = needs[method]
      if (!behaviour.ignoresScopes && !holds(scopes, needed)) {
        return refuse(id, "FORBIDDEN", { code: "MISSING_SCOPE", missingScope: needed, requiredScopes: [needed] })
      }
      const decided = desk.answer(method, params)
      answer(id, decided ?? { ok: true, payload: payloadOf(method, params, behaviour) })
    })
    if (behaviour.challengeAfterMs === null) return
    const payload = { nonce: randomUUID(), ts: Date.now(), capabilities: [] }
    const challenge = JSON.stringify({ type: "event", event: "connect.challenge", payload })
    setTimeout(() => ws.send(challenge), behaviour.challengeAfterMs)
  })

  return {
    ...{
      url: `ws://127.0.0.1:${bound}`,
      port: bound,
      behaviour,
      caps,
      connects,
      requests,
      asked,
      fetched,
      sockets: server.clients,
    },
    nodes: desk.nodes,
    mostAtOnce: () => most,
    tell(text) {
      for (const ws of told) ws.send(text)
    },
    async stop(how = "kill") {
      for (const ws of server.clients) {
        if (how === "kill") ws.terminate()
        else ws.close(1012, "service restart")
      }
      server.close()
      http.close()
      http.closeAllConnections()
      await once(http, "close")
    },
  }
}

function payloadOf(method: string, params: Record<string, unknown>, { autoApproveLocal, bind }: Behaviour): unknown {
  if (method === "config.get") return { runtimeConfig: { gateway: { bind, nodes: { pairing: { autoApproveLocal } } } } }
  if (method === "big") return { text: "x".repeat(Number(params.bytes)) }
  return { echoed: method, params }
}

function hello(version: string, role: string, scopes: readonly string[], nodeId?: string) {
  return {
    type: "hello-ok",
    protocol: 4,
    server: { version, connId: randomUUID() },
    features: { methods: Object.keys(needs), events: ["tick"] },
    snapshot: {
      presence: nodeId === undefined ? [] : [{ deviceId: nodeId }],
      health: {},
      stateVersion: { presence: 0, health: 0 },
      uptimeMs: 5_000,
    },
    auth: { method: "token", role, scopes, recoveryScope: "everybody's", deviceToken: "a-token-of-the-gateway-behind" },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
  }
}
