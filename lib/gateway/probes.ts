import type { IncomingMessage, ServerResponse } from "node:http"
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client"
import { isSameSecret } from "@/lib/store/keys"
import type { Store } from "@/lib/store/store"
import type { Visit } from "./visit"

type Options = {
  readonly store: Store
  readonly metricsToken: string | null
  /** What this process serves; null where it is the only one. */
  readonly processRole?: string | null
}

export type Probes = {
  /** Answers `/healthz`, `/readyz` and `/metrics`, and says whether the request was one of them. */
  answer(request: IncomingMessage, response: ServerResponse, visit: Pick<Visit, "local">): Promise<boolean>
}

const patienceMs = 2_000

/**
 * The probes of one server. Metrics are for clients of this machine (ruling R5) and for whoever holds the metrics
 * token; the other two tell nothing but yes or no.
 */
export function createProbes({ store, metricsToken, processRole = null }: Options): Probes {
  const metrics = createMetrics(store)
  return {
    async answer(request, response, visit) {
      const path = request.url?.split("?", 1)[0]
      switch (path) {
        case "/healthz":
          say(request, response, 200, "alive")
          return true
        case "/readyz": {
          const obstacle = await obstacleOf(store)
          const ready = processRole === null ? "ready" : `ready, as ${processRole}`
          say(request, response, obstacle === null ? 200 : 503, obstacle ?? ready)
          return true
        }
        case "/metrics":
          if (visit.local || holdsToken(request, metricsToken)) {
            response.setHeader("content-type", metrics.contentType)
            say(request, response, 200, await metrics.metrics())
          } else {
            say(request, response, 403, "metrics are for this machine, or with GATEHOUSE_METRICS_TOKEN as bearer token")
          }
          return true
        default:
          metrics.countRequest()
          return false
      }
    },
  }
}

/** A short answer in plain text that nothing keeps. */
export function say(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (!response.hasHeader("content-type")) response.setHeader("content-type", "text/plain; charset=utf-8")
  response.setHeader("cache-control", "no-store")
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
  response.statusCode = status
  response.end(request.method === "HEAD" ? undefined : text.endsWith("\n") ? text : `${text}\n`)
}

function createMetrics(store: Store) {
  const register = new Registry()
  collectDefaultMetrics({ register })
  new Gauge({
    name: "gatehouse_sockets",
    help: "Sockets of devices that are connected to this process now.",
    registers: [register],
    collect() {
      this.set(store.presence.listHere().length)
    },
  })
  new Gauge({
    name: "gatehouse_requests_pending",
    help: "Pairing requests that wait for a person.",
    registers: [register],
    async collect() {
      this.set(await store.db.request.count({ where: { status: "pending" } }))
    },
  })
  const requests = new Counter({
    name: "gatehouse_http_requests_total",
    help: "HTTP requests that were no probes.",
    registers: [register],
  })
  return {
    contentType: register.contentType,
    metrics: () => register.metrics(),
    countRequest: () => requests.inc(),
  }
}

/** Why nobody should be sent here, or null. A gateway behind that is merely down is no reason: it comes back by itself. */
async function obstacleOf(store: Store): Promise<string | null> {
  if (!(await isReached(store))) return "the database does not answer"
  const { state, reason } = store.upstream.report()
  return state === "unsafe" ? `the gateway behind cannot be used safely: ${reason}` : null
}

async function isReached(store: Store): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const asked = store.db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

function holdsToken(request: IncomingMessage, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1]
  return token !== null && given !== undefined && isSameSecret(given, token)
}
