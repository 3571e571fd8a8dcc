import { WebSocket } from "ws"

export type Close = { readonly code: number; readonly reason: string }

/** One WebSocket to the gateway behind this one. Frames wait, in order, while nobody listens. */
export type UpstreamSocket = {
  readonly send: (text: string, sent?: () => void) => void
  /**
   * Hears every frame from now on, first those that waited. Takes the place of the listener before it; after null
   * frames wait again.
   */
  readonly listen: (listener: Listener | null) => void
  readonly pause: () => void
  readonly resume: () => void
  /** Bytes that were sent and have not left yet. */
  readonly bufferedBytes: () => number
  readonly close: (code?: number, reason?: string) => void
  readonly closed: Promise<Close>
}

type Listener = (text: string) => void

export type Opened =
  | { readonly ok: true; readonly socket: UpstreamSocket }
  | { readonly ok: false; readonly httpStatus: number | null; readonly detail: string }

type Opening = {
  readonly scopes: readonly string[]
  readonly timeoutMs: number
  /** Ends it while it is being opened. */
  readonly signal: AbortSignal | undefined
}

// The real gateway sends at most as much as it buffers; a longer frame is a fault.
const maxFrameBytes = 50 * 1024 * 1024
const closeTimeoutMs = 1_000
const pingIntervalMs = 25_000

/**
 * Dials. The only header that is sent besides those of the protocol is the list of scopes, which caps the session
 * whatever its connect frame asks. Never rejects.
 */
export function openUpstreamSocket(url: string, { scopes, timeoutMs, signal }: Opening): Promise<Opened> {
  return new Promise((resolve) => {
    const ws = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: maxFrameBytes,
      handshakeTimeout: Math.max(1, timeoutMs),
      followRedirects: false,
      headers: { "x-openclaw-scopes": scopes.join(",") },
    })
    const socket = wrap(ws)
    const giveUp = () => ws.terminate()
    signal?.addEventListener("abort", giveUp)
    const settle = (outcome: Opened) => {
      signal?.removeEventListener("abort", giveUp)
      resolve(outcome)
    }
    let detail = "closed before it was open"
    let httpStatus: number | null = null
    ws.on("unexpected-response", (request, response) => {
      httpStatus = response.statusCode ?? null
      detail = `HTTP ${httpStatus}`
      response.resume()
      request.destroy()
      settle({ ok: false, httpStatus, detail })
    })
    ws.on("error", (error) => {
      if (httpStatus === null) detail = error.message
    })
    ws.once("open", () => settle({ ok: true, socket }))
    ws.once("close", () => settle({ ok: false, httpStatus, detail }))
  })
}

function wrap(ws: WebSocket): UpstreamSocket {
  let listener: Listener | null = null
  const waiting: string[] = []
  ws.on("message", (bytes) => {
    const text = bytes.toString()
    if (listener === null) waiting.push(text)
    else listener(text)
  })
  const closed = new Promise<Close>((resolve) => {
    ws.on("close", (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  keepAlive(ws)
  return {
    send: (text, sent) => {
      if (ws.readyState === ws.OPEN) ws.send(text, sent === undefined ? undefined : () => sent())
    },
    listen(next) {
      listener = next
      // One may be enough for it.
      while (listener === next && next !== null && waiting.length > 0) next(waiting.shift() ?? "")
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    bufferedBytes: () => ws.bufferedAmount,
    close(code = 1000, reason = "") {
      if (ws.readyState === ws.CONNECTING) return ws.terminate()
      ws.close(code, reason)
      const timer = setTimeout(() => ws.terminate(), closeTimeoutMs)
      ws.once("close", () => clearTimeout(timer))
    },
    closed,
  }
}

/** Ends a socket whose other side answers no ping; a paused one cannot hear the answer and is let be. */
function keepAlive(ws: WebSocket): void {
  let isSilent = false
  const timer = setInterval(() => {
    if (ws.readyState !== ws.OPEN || ws.isPaused) return
    if (isSilent) return ws.terminate()
    isSilent = true
    ws.ping()
  }, pingIntervalMs)
  timer.unref()
  ws.on("pong", () => {
    isSilent = false
  })
  ws.on("close", () => clearInterval(timer))
}
