import type { LookupFunction } from "node:net"
import { WebSocket } from "ws"
import { z } from "zod"

export type WireError = {
  code: string
  message: string
  details?: Record<string, unknown> | undefined
  retryable?: boolean | undefined
  retryAfterMs?: number | undefined
}

export type WireEvent = { event: string; payload: unknown; seq?: number | undefined }
export type WireAnswer = { ok: true; payload: unknown } | { ok: false; error: WireError }
export type WireClose = { code: number; reason: string }

const errorSchema = z.looseObject({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryable: z.boolean().optional(),
  retryAfterMs: z.number().optional(),
})

const frameSchema = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("event"),
    event: z.string(),
    payload: z.unknown().optional(),
    seq: z.number().optional(),
  }),
  z.looseObject({
    type: z.literal("res"),
    id: z.string(),
    ok: z.boolean(),
    payload: z.unknown().optional(),
    error: errorSchema.optional(),
  }),
])

export type SocketOptions = {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Dial from this address of this machine; needed to come through a declared proxy address. */
  readonly localAddress?: string
  /** Dial this address, whatever the host name in the URL stands for. */
  readonly address?: string
  /** Certificate authority (PEM) to trust for wss. */
  readonly ca?: string
}

/** One WebSocket that speaks the frames of the protocol and nothing more; no handshake yet. */
export type WireSocket = {
  /** Every event so far, in order. */
  readonly events: WireEvent[]
  readonly sendText: (text: string) => void
  readonly request: (method: string, params?: unknown) => Promise<WireAnswer>
  /** Sends a request as it is written, and waits for the answer to its id. */
  readonly requestText: (id: string, text: string) => Promise<WireAnswer>
  readonly nextEvent: (name: string, timeoutMs?: number) => Promise<WireEvent>
  readonly onEvent: (listener: (event: WireEvent) => void) => void
  readonly closed: Promise<WireClose>
  readonly isOpen: () => boolean
  readonly close: () => void
  /** Ends without a word. */
  readonly terminate: () => void
  /** Stops and goes on reading. */
  readonly pause: () => void
  readonly resume: () => void
}

export type SocketRefusal = { ok: false; httpStatus: number | null; close: WireClose }

/** Dials. Resolves when the socket is open, or with the HTTP status that refused the upgrade. Never rejects. */
export function openSocket(options: SocketOptions): Promise<{ ok: true; socket: WireSocket } | SocketRefusal> {
  return new Promise((resolve) => {
    const ws = new WebSocket(options.url, {
      perMessageDeflate: false,
      ...(options.headers ? { headers: { ...options.headers } } : {}),
      ...(options.localAddress ? { localAddress: options.localAddress } : {}),
      ...(options.address ? { lookup: alwaysAt(options.address) } : {}),
      ...(options.ca ? { ca: options.ca } : {}),
    })
    const socket = wireSocket(ws)
    let failure = ""
    let httpStatus: number | null = null
    ws.on("unexpected-response", (request, response) => {
      httpStatus = response.statusCode ?? null
      failure = `HTTP ${httpStatus}`
      response.resume()
      request.destroy()
      resolve({ ok: false, httpStatus, close: { code: 1006, reason: failure } })
    })
    ws.on("error", (error) => {
      failure ||= error.message
    })
    ws.on("open", () => resolve({ ok: true, socket }))
    ws.on("close", () => resolve({ ok: false, httpStatus, close: { code: 1006, reason: failure } }))
  })
}

/** Name resolution that knows one IPv4 address, for host names that nobody else resolves. */
export function alwaysAt(address: string): LookupFunction {
  return (_host, { all }, done) => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4))
}

function wireSocket(ws: WebSocket): WireSocket {
  const events: WireEvent[] = []
  const listeners: ((event: WireEvent) => void)[] = []
  const waiting = new Map<string, (answer: WireAnswer) => void>()
  let lastId = 0

  const closed = new Promise<WireClose>((resolve) => {
    ws.on("close", (code, reason) => {
      const close = { code, reason: reason.toString("utf8") }
      for (const settle of waiting.values()) settle(closedAnswer(close))
      waiting.clear()
      resolve(close)
    })
  })

  ws.on("message", (bytes) => {
    const frame = frameSchema.parse(JSON.parse(bytes.toString()))
    if (frame.type === "event") {
      const event = { event: frame.event, payload: frame.payload, seq: frame.seq }
      events.push(event)
      for (const listener of listeners) listener(event)
      return
    }
    const settle = waiting.get(frame.id)
    waiting.delete(frame.id)
    const error = frame.error ?? { code: "NO_ERROR", message: "refused without an error" }
    settle?.(frame.ok ? { ok: true, payload: frame.payload } : { ok: false, error })
  })

  return {
    events,
    closed,
    sendText: (text) => ws.send(text),
    request: (method, params) =>
      new Promise((resolve) => {
        lastId += 1
        const id = String(lastId)
        waiting.set(id, resolve)
        ws.send(JSON.stringify({ type: "req", id, method, params }), (error) => {
          if (error && waiting.delete(id)) resolve(closedAnswer({ code: 1006, reason: error.message }))
        })
      }),
    requestText: (id, text) =>
      new Promise((resolve) => {
        waiting.set(id, resolve)
        ws.send(text)
      }),
    nextEvent: (name, timeoutMs = 5_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no event ${name} within ${timeoutMs} ms`)), timeoutMs)
        listeners.push((event) => {
          if (event.event !== name) return
          clearTimeout(timer)
          resolve(event)
        })
      }),
    onEvent: (listener) => {
      listeners.push(listener)
    },
    isOpen: () => ws.readyState === WebSocket.OPEN,
    close: () => ws.close(),
    terminate: () => ws.terminate(),
    pause: () => ws.pause(),
    resume: () => ws.resume(),
  }
}

function closedAnswer(close: WireClose): WireAnswer {
  return { ok: false, error: { code: "CLOSED", message: `closed ${close.code} ${close.reason}`.trim() } }
}
