import { readChallenge, readHello, readResponse, requestText, type UpstreamHello } from "./frames"
import { type Close, openUpstreamSocket, type UpstreamSocket } from "./socket"

/** Where the gateway behind this one is, and what it wants to be told. */
export type Target = {
  readonly url: string
  readonly secret: { readonly kind: "token" | "password"; readonly value: string }
}

/** Why a connect to the gateway behind was not let in. */
export type DialFailure =
  /** Nobody answers there, or not with this protocol. */
  | { readonly kind: "unreachable"; readonly detail: string }
  /** It did not answer in time. */
  | { readonly kind: "late" }
  /** It is starting or restarting. */
  | { readonly kind: "busy"; readonly retryAfterMs: number | null; readonly detail: string }
  /** It does not accept the credential; every code that begins with AUTH_. */
  | { readonly kind: "wrong-secret"; readonly code: string }
  | { readonly kind: "pairing-required"; readonly reason: string; readonly requestId: string | null }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** It is no longer wanted. */
  | { readonly kind: "given-up" }

export type Dialled =
  | { readonly ok: true; readonly socket: UpstreamSocket; readonly hello: UpstreamHello }
  | { readonly ok: false; readonly failure: DialFailure }

export type DialOptions = {
  /** The whole of what the session may have: the header that caps it. */
  readonly scopes: readonly string[]
  /** The params of the connect, made from the challenge. */
  readonly compose: (challenge: { readonly nonce: string; readonly ts: number }) => object
  /** From the first packet to the hello. */
  readonly timeoutMs: number
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined
}

const connectId = "connect"

/** One handshake with the gateway behind this one. Never rejects; the socket is closed unless it was let in. */
export async function dial(target: Pick<Target, "url">, options: DialOptions): Promise<Dialled> {
  if (options.signal?.aborted) return failed({ kind: "given-up" })
  const startedMs = performance.now()
  const opened = await openUpstreamSocket(target.url, options.scopes, options.timeoutMs)
  if (!opened.ok) return failed(unopened(opened.httpStatus, opened.detail))
  const { socket } = opened
  if (options.signal?.aborted) {
    socket.close()
    return failed({ kind: "given-up" })
  }
  const outcome = await shakeHands(socket, options, options.timeoutMs - (performance.now() - startedMs))
  if (!outcome.ok) socket.close()
  return outcome
}

const failed = (failure: DialFailure): Dialled => ({ ok: false, failure })

function unopened(httpStatus: number | null, detail: string): DialFailure {
  // Its places for sockets that have not logged in are taken, or it is starting.
  if (httpStatus === 503) return { kind: "busy", retryAfterMs: null, detail }
  return /handshake has timed out/i.test(detail) ? { kind: "late" } : { kind: "unreachable", detail }
}

function shakeHands(socket: UpstreamSocket, options: DialOptions, leftMs: number): Promise<Dialled> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(failed({ kind: "late" })), Math.max(1, leftMs))
    const giveUp = () => settle(failed({ kind: "given-up" }))
    options.signal?.addEventListener("abort", giveUp)
    let isSettled = false
    let hasAsked = false

    function settle(outcome: Dialled) {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      options.signal?.removeEventListener("abort", giveUp)
      resolve(outcome)
    }

    function hear(text: string) {
      if (isSettled) {
        // Between the hello and the relay: kept for whoever listens next.
        early.push(text)
        return
      }
      if (!hasAsked) {
        const challenge = readChallenge(text)
        if (challenge === null)
          return settle(failed({ kind: "unreachable", detail: "it does not speak this protocol" }))
        hasAsked = true
        return socket.send(requestText(connectId, "connect", options.compose(challenge)))
      }
      const answer = readResponse(text)
      if (answer?.id !== connectId) return
      const hello = answer.ok ? readHello(answer.payload) : null
      if (hello !== null) return settle({ ok: true, socket: { ...socket, listen: listenAfter(socket, early) }, hello })
      settle(failed(refusalOf(answer.error)))
    }

    const early: string[] = []
    socket.listen(hear)
    void socket.closed.then((close) => settle(failed(closedEarly(close))))
  })
}

function listenAfter(socket: UpstreamSocket, early: string[]): UpstreamSocket["listen"] {
  return (listener) => {
    for (const text of early.splice(0)) listener(text)
    socket.listen(listener)
  }
}

function closedEarly({ code, reason }: Close): DialFailure {
  if (code === 1012 || code === 1013) return { kind: "busy", retryAfterMs: null, detail: reason }
  return { kind: "unreachable", detail: `it closed the connection (${code}${reason === "" ? "" : ` ${reason}`})` }
}

function refusalOf(
  error:
    | {
        code: string
        message: string
        details?: Record<string, unknown> | undefined
        retryAfterMs?: number | undefined
      }
    | undefined,
): DialFailure {
  if (error === undefined) return { kind: "unreachable", detail: "it does not speak this protocol" }
  const code = textOf(error.details?.code) ?? error.code
  if (error.code === "UNAVAILABLE")
    return { kind: "busy", retryAfterMs: error.retryAfterMs ?? null, detail: error.message }
  if (code === "PAIRING_REQUIRED") {
    const requestId = textOf(error.details?.requestId)
    return { kind: "pairing-required", reason: textOf(error.details?.reason) ?? "not-paired", requestId }
  }
  if (code.startsWith("AUTH_") || code === "DEVICE_IDENTITY_REQUIRED") return { kind: "wrong-secret", code }
  return { kind: "refused", code, message: error.message }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
