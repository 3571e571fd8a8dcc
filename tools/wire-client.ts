import { z } from "zod"
import { signedText } from "@/lib/gateway/signature"
import { type DeviceIdentity, signText } from "./wire-identity"
import {
  openSocket,
  type SocketOptions,
  type WireAnswer,
  type WireClose,
  type WireError,
  type WireEvent,
  type WireSocket,
} from "./wire-socket"

export { createIdentity, type DeviceIdentity, identityFromSeed } from "./wire-identity"
export type { WireAnswer, WireClose, WireError, WireEvent } from "./wire-socket"

export type ClientInfo = {
  id: string
  mode: string
  version: string
  platform: string
  displayName?: string
  deviceFamily?: string
  instanceId?: string
}

export type AuthFields = { token?: string; deviceToken?: string; password?: string; bootstrapToken?: string }

export type ConnectOptions = SocketOptions & {
  /** Absent or null: a connect without a device. */
  readonly identity?: DeviceIdentity | null
  readonly role?: string
  readonly scopes?: readonly string[]
  readonly auth?: AuthFields
  readonly client?: Partial<ClientInfo>
  readonly commands?: readonly string[]
  readonly caps?: readonly string[]
  readonly protocol?: { min: number; max: number }
  readonly signature?: "v3" | "v2"
  /** Changes the connect params after they were signed: for tests of bad input. */
  readonly tamper?: (params: Record<string, unknown>) => unknown
  readonly timeoutMs?: number
}

const helloSchema = z.looseObject({
  type: z.literal("hello-ok"),
  protocol: z.number(),
  server: z.looseObject({ version: z.string(), connId: z.string() }),
  auth: z.looseObject({
    method: z.string().optional(),
    role: z.string(),
    scopes: z.array(z.string()),
    deviceToken: z.string().optional(),
    issuedAtMs: z.number().optional(),
  }),
  policy: z.looseObject({ tickIntervalMs: z.number() }),
})

export type Hello = z.infer<typeof helloSchema>

export type Connected = {
  ok: true
  hello: Hello
  request: (method: string, params?: unknown) => Promise<WireAnswer>
  /** Sends a request as it is written, and waits for the answer to its id. */
  requestText: (id: string, text: string) => Promise<WireAnswer>
  /** Every event since the socket opened, the challenge included. */
  events: WireEvent[]
  onEvent: (listener: (event: WireEvent) => void) => void
  nextEvent: (name: string, timeoutMs?: number) => Promise<WireEvent>
  isOpen: () => boolean
  /** Resolves when the socket is closed, by either side. */
  closed: Promise<WireClose>
  /** Ends without a word. */
  terminate: () => void
  /** Stops and goes on reading. */
  pause: () => void
  resume: () => void
  /** Closes and waits until it is closed. */
  close: () => Promise<WireClose>
}

export type NotConnected = {
  ok: false
  /** Null when the server closed, or refused the upgrade, without an answer. */
  error: WireError | null
  httpStatus: number | null
  close: WireClose
}

export type ConnectResult = Connected | NotConnected

/**
 * Dial options that make a connect look as if it came from `address`: from 127.0.0.2, which the server must have
 * declared as a proxy, with the forwarding header of that proxy. Linux only: elsewhere 127.0.0.2 has no interface.
 */
export function asIfFrom(address: string): { localAddress: string; headers: Record<string, string> } {
  return { localAddress: "127.0.0.2", headers: { "X-Forwarded-For": address } }
}

const challengeSchema = z.looseObject({ nonce: z.string(), ts: z.number() })

/** One handshake: dial, wait for the challenge, sign, connect. Never rejects; a refusal is a value. */
export async function connect(options: ConnectOptions): Promise<ConnectResult> {
  const opened = await openSocket(options)
  if (!opened.ok) return { ok: false, error: null, httpStatus: opened.httpStatus, close: opened.close }
  const { socket } = opened
  const timer = setTimeout(() => socket.close(), options.timeoutMs ?? 20_000)
  try {
    return await shakeHands(socket, options)
  } finally {
    clearTimeout(timer)
  }
}

async function shakeHands(socket: WireSocket, options: ConnectOptions): Promise<ConnectResult> {
  const challenge = await firstChallenge(socket)
  if (!challenge) return { ok: false, error: null, httpStatus: null, close: await socket.closed }
  const params = connectParams(options, challenge)
  const answer = await socket.request("connect", options.tamper ? options.tamper(params) : params)
  if (!answer.ok) {
    const error = answer.error.code === "CLOSED" ? null : answer.error
    return { ok: false, error, httpStatus: null, close: await socket.closed }
  }
  return {
    ok: true,
    hello: helloSchema.parse(answer.payload),
    request: socket.request,
    requestText: socket.requestText,
    events: socket.events,
    onEvent: socket.onEvent,
    nextEvent: socket.nextEvent,
    isOpen: socket.isOpen,
    closed: socket.closed,
    terminate: socket.terminate,
    pause: socket.pause,
    resume: socket.resume,
    close: () => {
      socket.close()
      return socket.closed
    },
  }
}

async function firstChallenge(socket: WireSocket): Promise<{ nonce: string; ts: number } | null> {
  const arrived = new Promise<WireEvent>((resolve) => {
    const early = socket.events.find((event) => event.event === "connect.challenge")
    if (early) resolve(early)
    else socket.onEvent((event) => event.event === "connect.challenge" && resolve(event))
  })
  const first = await Promise.race([arrived, socket.closed.then(() => null)])
  return first ? challengeSchema.parse(first.payload) : null
}

/** The params of a connect request, with the signature over the given challenge. */
export function connectParams(
  options: Omit<ConnectOptions, "url">,
  challenge: { nonce: string; ts: number },
): Record<string, unknown> {
  const role = options.role ?? "operator"
  const scopes = options.scopes ?? []
  const client: ClientInfo = { ...defaultClient(role), ...options.client }
  const auth = options.auth ?? {}
  const { identity } = options
  const signature =
    identity &&
    signText(
      identity,
      signedText(options.signature ?? "v3", {
        deviceId: identity.deviceId,
        clientId: client.id,
        clientMode: client.mode,
        role,
        scopes,
        signedAtMs: challenge.ts,
        token: auth.token ?? auth.deviceToken ?? auth.bootstrapToken ?? "",
        nonce: challenge.nonce,
        platform: client.platform,
        deviceFamily: client.deviceFamily ?? "",
      }),
    )
  return {
    minProtocol: options.protocol?.min ?? 4,
    maxProtocol: options.protocol?.max ?? 4,
    client,
    caps: options.caps ?? [],
    ...(options.commands ? { commands: options.commands } : {}),
    ...(options.auth ? { auth } : {}),
    role,
    scopes,
    ...(identity
      ? {
          device: {
            id: identity.deviceId,
            publicKey: identity.publicKey,
            signature,
            signedAt: challenge.ts,
            nonce: challenge.nonce,
          },
        }
      : {}),
  }
}

function defaultClient(role: string): ClientInfo {
  return role === "node"
    ? { id: "node-host", mode: "node", version: "2026.9.6", platform: "linux", deviceFamily: "Linux" }
    : { id: "gateway-client", mode: "ui", version: "2026.9.6", platform: "linux", deviceFamily: "Linux" }
}
