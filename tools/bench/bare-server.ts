import { createHash, randomUUID, verify } from "node:crypto"
import { createServer } from "node:http"
import { type WebSocket, WebSocketServer } from "ws"
import { z } from "zod"
import { signedText, toKey } from "@/lib/gateway/signature"

const connectSchema = z.object({
  type: z.literal("req"),
  id: z.string(),
  method: z.literal("connect"),
  params: z.object({
    client: z.looseObject({ id: z.string(), mode: z.string(), platform: z.string(), deviceFamily: z.string() }),
    role: z.string(),
    scopes: z.array(z.string()),
    auth: z.object({ deviceToken: z.string() }),
    device: z.object({
      id: z.string(),
      publicKey: z.string(),
      signature: z.string(),
      signedAt: z.number(),
      nonce: z.string(),
    }),
  }),
})

/**
 * The least that any gateway of this protocol does for a connect: upgrade, challenge, JSON, device id, Ed25519
 * signature, hello. No store, no rules, no limits, no token check. What Gatehouse costs is told as a multiple of it.
 */
export function startBareServer(port: number): void {
  const http = createServer((_request, response) => response.end("ok"))
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 65_536 })
  sockets.on("connection", (socket) => {
    const nonce = randomUUID()
    const payload = { nonce, ts: Date.now(), capabilities: [] }
    socket.send(JSON.stringify({ type: "event", event: "connect.challenge", payload }))
    socket.on("message", (bytes) => answer(socket, nonce, bytes.toString()))
  })
  http.listen(port, "127.0.0.1")
}

function answer(socket: WebSocket, nonce: string, text: string): void {
  const { id, params } = connectSchema.parse(JSON.parse(text))
  const { device, client } = params
  const raw = Buffer.from(device.publicKey, "base64url")
  const key = toKey(raw)
  const signed = signedText("v3", {
    deviceId: device.id,
    clientId: client.id,
    clientMode: client.mode,
    role: params.role,
    scopes: params.scopes,
    signedAtMs: device.signedAt,
    token: params.auth.deviceToken,
    nonce,
    platform: client.platform,
    deviceFamily: client.deviceFamily,
  })
  const isItself =
    createHash("sha256").update(raw).digest("hex") === device.id &&
    Math.abs(Date.now() - device.signedAt) <= 120_000 &&
    device.nonce === nonce &&
    verify(null, Buffer.from(signed), key, Buffer.from(device.signature, "base64url"))
  if (isItself) socket.send(JSON.stringify({ type: "res", id, ok: true, payload: hello(params.role, params.scopes) }))
  else socket.close(1008, "device signature invalid")
}

function hello(role: string, scopes: readonly string[]) {
  return {
    type: "hello-ok",
    protocol: 4,
    server: { version: "bare", connId: randomUUID() },
    features: { methods: ["health"], events: ["tick"] },
    snapshot: {
      presence: [],
      health: {},
      stateVersion: { presence: 0, health: 0 },
      uptimeMs: Math.round(performance.now()),
    },
    auth: { method: "device-token", role, scopes, deviceToken: "bare", issuedAtMs: 0 },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
  }
}
