import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestPlain,
  type ServerResponse,
} from "node:http"
import { request as requestTls, Agent as TlsAgent } from "node:https"
import { pipeline } from "node:stream"

export type Passing = {
  /** The gateway behind, as its WebSocket address. */
  readonly url: string
  /** Path with query there. */
  readonly path: string
  /** What it is told to believe us; null where it need not. */
  readonly bearer: string | null
  /** Longest time without a byte in either direction. */
  readonly idleMs: number
}

export type Passer = {
  /** Passes a request on and its answer back. Resolves when that is over; false when nobody answered it. */
  readonly pass: (request: IncomingMessage, response: ServerResponse, passing: Passing) => Promise<boolean>
  readonly close: () => void
}

// What a page may say about the answer it wants. Nothing that says who asks or from where: all of them would make
// the gateway behind see somebody else than this one.
const passedOn = [
  ...["accept", "accept-encoding", "accept-language", "cache-control", "pragma", "range", "user-agent"],
  ...["if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since"],
] as const

const hopByHop = [
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade"],
]
// Cookies, stored data, encryption and other addresses of a host hold for all its ports, the console's too.
const keptBack = new Set([...hopByHop, "set-cookie", "clear-site-data", "strict-transport-security", "alt-svc"])

const mostAtOnce = 256

/** Passes requests on to the gateway behind, as they come: neither side is read faster than the other takes. */
export function createPasser(): Passer {
  // Each on a connection of its own: on this machine that costs nothing, and none can be closed just as it is used.
  const agents = {
    plain: new Agent({ keepAlive: false, maxSockets: mostAtOnce }),
    tls: new TlsAgent({ keepAlive: false, maxSockets: mostAtOnce }),
  }
  return {
    pass: (request, response, passing) => {
      const isTls = passing.url.startsWith("wss:")
      const url = new URL(passing.path, passing.url.replace(/^ws/, "http"))
      const options = { method: request.method ?? "GET", headers: headersFor(request, passing.bearer) }
      return new Promise((resolve) => {
        const onward = isTls
          ? requestTls(url, { ...options, agent: agents.tls })
          : requestPlain(url, { ...options, agent: agents.plain })
        onward.setTimeout(passing.idleMs, () => onward.destroy(new Error("idle")))
        onward.on("error", () => resolve(response.headersSent))
        // Nobody waits for it any more.
        response.once("close", () => {
          onward.destroy()
          resolve(true)
        })
        onward.once("response", (answer) => {
          response.writeHead(answer.statusCode ?? 502, headersBack(answer.headers))
          // Torn on one side, torn on the other: half of a file must not look like a whole one.
          pipeline(answer, response, () => resolve(true))
        })
        onward.end()
      })
    },
    close() {
      agents.plain.destroy()
      agents.tls.destroy()
    },
  }
}

function headersFor({ headers }: IncomingMessage, bearer: string | null): Record<string, string> {
  const onward: Record<string, string> = { connection: "close" }
  for (const name of passedOn) {
    const value = headers[name]
    if (typeof value === "string") onward[name] = value
  }
  if (bearer !== null) onward.authorization = `Bearer ${bearer}`
  return onward
}

function headersBack(answer: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (answer.connection ?? "").split(",").map((name) => name.trim().toLowerCase())
  const back: IncomingHttpHeaders = {}
  for (const [name, value] of Object.entries(answer)) {
    if (value === undefined || keptBack.has(name) || named.includes(name)) continue
    back[name] = value
  }
  return back
}
