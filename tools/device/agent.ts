import { setTimeout as pause } from "node:timers/promises"
import { covers, union } from "@/lib/pairing/scopes"
import {
  type AuthFields,
  type ClientInfo,
  type Connected,
  connect,
  type DeviceIdentity,
  type NotConnected,
  type WireClose,
} from "../wire-client"

/** The device token of one role as the device keeps it, with what it asked when it got it. */
export type KeptToken = { secret: string; scopes: readonly string[]; asked: readonly string[] }

export type AgentOptions = {
  readonly url: string
  readonly identity: DeviceIdentity
  readonly role: "operator" | "node"
  /** Absent: what the kept token holds, else nothing. */
  readonly scopes?: readonly string[]
  readonly client?: Partial<ClientInfo>
  readonly commands?: readonly string[]
  readonly secret: string | null
  readonly token: KeptToken | null
  readonly dial?: { localAddress: string; headers: Record<string, string> }
  readonly retryMs?: number
  /** Give up after the first answer. */
  readonly once?: boolean
  readonly keepToken: (token: KeptToken | null) => void
  readonly tell: (news: AgentNews) => void
}

export type AgentNews =
  | { kind: "in"; scopes: readonly string[]; with: Credential; handedOver: "first" | "replaced" | "same" | "none" }
  | { kind: "waiting"; message: string; details: Readonly<Record<string, unknown>>; again: boolean }
  | { kind: "refused"; code: string; message: string; final: boolean }
  | { kind: "token-refused"; message: string }
  | { kind: "unreachable"; why: string }
  | { kind: "closed"; close: WireClose }

export type Credential = "device token" | "shared token" | "nothing"

export type Agent = {
  /** The live connection, if it is in now. */
  readonly connection: () => Connected | null
  /** How it ended: in and stopped, waiting when it had to stop, or refused for good. */
  readonly finished: Promise<"in" | "waiting" | "refused" | "unreachable">
  readonly stop: () => Promise<void>
}

/**
 * A device that behaves like the real ones: it knocks, goes on knocking while its request is pending, keeps the
 * token it is handed and presents that one from then on, comes back when its socket is closed, and stops for good
 * when it is told so.
 */
export function startAgent(options: AgentOptions): Agent {
  const stopping = new AbortController()
  let live: Connected | null = null
  let token = options.token
  let lastRequestId: unknown = null
  let refusedScopesOf: string | null = null

  const keep = (next: KeptToken | null) => {
    token = next
    options.keepToken(next)
  }
  const asked = () => options.scopes ?? token?.scopes ?? []

  const credential = (): { auth: AuthFields | null; with: Credential } => {
    const holds =
      token !== null && token.secret !== refusedScopesOf && covers(union(token.scopes, token.asked), asked())
    if (token !== null && (holds || options.secret === null)) {
      return { auth: { deviceToken: token.secret }, with: "device token" }
    }
    return options.secret === null
      ? { auth: null, with: "nothing" }
      : { auth: { token: options.secret }, with: "shared token" }
  }

  const knock = async (): Promise<{ wait: number | null; state: "in" | "waiting" | "refused" | "unreachable" }> => {
    const presented = credential()
    const scopes = asked()
    const result = await connect({
      url: options.url,
      identity: options.identity,
      role: options.role,
      scopes,
      ...(options.client ? { client: options.client } : {}),
      ...(options.commands ? { commands: options.commands } : {}),
      ...(presented.auth ? { auth: presented.auth } : {}),
      ...options.dial,
    })
    if (!result.ok) return refused(result, presented.with)
    return comeIn(result, presented.with, scopes)
  }

  const comeIn = async (connection: Connected, presented: Credential, scopes: readonly string[]) => {
    live = connection
    lastRequestId = null
    const { auth } = connection.hello
    const before = token?.secret ?? null
    const handedOver =
      auth.deviceToken === undefined
        ? "none"
        : before === null
          ? "first"
          : before === auth.deviceToken
            ? "same"
            : "replaced"
    if (auth.deviceToken !== undefined && handedOver !== "same") {
      keep({ secret: auth.deviceToken, scopes: auth.scopes, asked: scopes })
    } else if (token !== null && presented === "shared token") {
      keep({ ...token, asked: scopes })
    }
    options.tell({ kind: "in", scopes: auth.scopes, with: presented, handedOver })
    if (options.once) {
      await connection.close()
      return { wait: null, state: "in" as const }
    }
    const onStop = () => void connection.close()
    stopping.signal.addEventListener("abort", onStop, { once: true })
    const close = await connection.closed
    stopping.signal.removeEventListener("abort", onStop)
    live = null
    if (!stopping.signal.aborted) options.tell({ kind: "closed", close })
    return { wait: 1_000, state: "in" as const }
  }

  const refused = (result: NotConnected, presented: Credential) => {
    const { error } = result
    if (error === null) {
      options.tell({ kind: "unreachable", why: result.close.reason || `closed ${result.close.code}` })
      return { wait: options.retryMs ?? 3_000, state: "unreachable" as const }
    }
    const code = String(error.details?.code ?? error.code)
    if (code === "AUTH_DEVICE_TOKEN_MISMATCH" || (code === "AUTH_SCOPE_MISMATCH" && presented === "device token")) {
      if (code === "AUTH_SCOPE_MISMATCH") refusedScopesOf = token?.secret ?? null
      else keep(null)
      const final = options.secret === null
      if (!final) {
        options.tell({ kind: "token-refused", message: error.message })
        return { wait: 0, state: "refused" as const }
      }
    }
    const details = error.details ?? {}
    const mayRetry = error.retryable === true || details.retryable === true || details.pauseReconnect === false
    if (code === "PAIRING_REQUIRED" && mayRetry) {
      const again = details.requestId === lastRequestId
      lastRequestId = details.requestId
      options.tell({ kind: "waiting", message: error.message, details, again })
      return { wait: error.retryAfterMs ?? options.retryMs ?? 3_000, state: "waiting" as const }
    }
    options.tell({ kind: "refused", code, message: error.message, final: !mayRetry })
    return { wait: mayRetry ? (error.retryAfterMs ?? 5_000) : null, state: "refused" as const }
  }

  const knockUntilItEnds = async () => {
    for (;;) {
      const { wait, state } = await knock()
      const triesAgain = state === "refused" && wait === 0
      if (wait === null || stopping.signal.aborted || (options.once && !triesAgain)) return state
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return state
    }
  }
  const finished = knockUntilItEnds()
  return {
    connection: () => live,
    finished,
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}
