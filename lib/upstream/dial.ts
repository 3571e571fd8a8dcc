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

export type OpenOptions = {
  /** The whole of what the session may have: the header that caps it. */
  readonly scopes: readonly string[]
  /** From the first packet to the end of it. */
  readonly timeoutMs: number
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined
}

export type DialOptions = OpenOptions & {
  /** The params of the connect, made from the challenge. */
  readonly compose: (challenge: Challenge) => object
  /** One that was opened ahead, under the same cap. */
  readonly ahead?: Challenged | null
}

type Challenge = { readonly nonce: string; readonly ts: number }

/** A connection that was opened and challenged, and has been sent nothing yet. */
export type Challenged = { readonly socket: UpstreamSocket; readonly challenge: Challenge }

type Failed = Extract<Dialled, { ok: false }>

const connectId = "connect"

/** One handshake with the gateway behind this one. Never rejects; the socket is closed unless it was let in. */
export async function dial(target: Pick<Target, "url">, options: DialOptions): Promise<Dialled> {
  const untilMs = performance.now() + options.timeoutMs
  if (options.ahead) {
    const outcome = await enter(options.ahead, options, untilMs)
    // It may have been closed just before it was used, which says nothing about a new one.
    if (outcome !== "closed") return outcome
  }
  const opened = await openChallenged(target, { ...options, timeoutMs: untilMs - performance.now() })
  if (!opened.ok) return opened
  const outcome = await enter(opened, options, untilMs)
  return outcome === "closed" ? failed(closedEarly(await opened.socket.closed)) : outcome
}

/** Opens a connection and waits for its challenge. Never rejects; the socket is closed unless it was challenged. */
export async function openChallenged(
  target: Pick<Target, "url">,
  { scopes, timeoutMs, signal }: OpenOptions,
): Promise<({ readonly ok: true } & Challenged) | Failed> {
  if (signal?.aborted) return failed({ kind: "given-up" })
  const untilMs = performance.now() + timeoutMs
  const opened = await openUpstreamSocket(target.url, { scopes, timeoutMs, signal })
  if (signal?.aborted) {
    if (opened.ok) opened.socket.close()
    return failed({ kind: "given-up" })
  }
  if (!opened.ok) return failed(unopened(opened.httpStatus, opened.detail))
  const { socket } = opened
  const first = await hear(socket, { untilMs, signal }, (text) => ({ challenge: readChallenge(text) }))
  if (typeof first === "object" && first.challenge !== null) return { ok: true, socket, challenge: first.challenge }
  socket.close()
  if (first === "closed") return failed(closedEarly(await socket.closed))
  return failed(typeof first === "object" ? foreign : { kind: first })
}

/** Sends the connect and waits for its answer; "closed" when the connection ended without one. */
async function enter({ socket, challenge }: Challenged, options: DialOptions, untilMs: number) {
  if (options.signal?.aborted) {
    socket.close()
    return failed({ kind: "given-up" })
  }
  socket.send(requestText(connectId, "connect", options.compose(challenge)))
  const answer = await hear(socket, { untilMs, signal: options.signal }, (text) => {
    const response = readResponse(text)
    return response?.id === connectId ? response : null
  })
  if (answer === "closed") return answer
  const hello = typeof answer === "object" && answer.ok ? readHello(answer.payload) : null
  if (hello !== null) return { ok: true, socket, hello } as const
  socket.close()
  return failed(typeof answer === "object" ? refusalOf(answer.error) : { kind: answer })
}

const failed = (failure: DialFailure): Failed => ({ ok: false, failure })

const foreign: DialFailure = { kind: "unreachable", detail: "it does not speak this protocol" }

function unopened(httpStatus: number | null, detail: string): DialFailure {
  // Its places for sockets that have not logged in are taken, or it is starting.
  if (httpStatus === 503) return { kind: "busy", retryAfterMs: null, detail }
  return /handshake has timed out/i.test(detail) ? { kind: "late" } : { kind: "unreachable", detail }
}

type Wait = { readonly untilMs: number; readonly signal: AbortSignal | undefined }

/** What `read` makes of the first frame that it knows. The frames after that one wait for whoever listens next. */
function hear<T extends object>(
  socket: UpstreamSocket,
  { untilMs, signal }: Wait,
  read: (text: string) => T | null,
): Promise<T | "late" | "given-up" | "closed"> {
  return new Promise((resolve) => {
    let isSettled = false
    const settle = (outcome: T | "late" | "given-up" | "closed") => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      signal?.removeEventListener("abort", giveUp)
      socket.listen(null)
      resolve(outcome)
    }
    const timer = setTimeout(() => settle("late"), Math.max(1, untilMs - performance.now()))
    const giveUp = () => settle("given-up")
    signal?.addEventListener("abort", giveUp)
    socket.listen((text) => {
      const known = read(text)
      if (known !== null) settle(known)
    })
    void socket.closed.then(() => settle("closed"))
  })
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
  if (error === undefined) return foreign
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
