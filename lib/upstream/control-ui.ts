import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { AttachedGateway } from "@/lib/gateway/attach"
import { clientSource } from "@/lib/gateway/client-source"
import { say } from "@/lib/gateway/probes"
import { refuseUpgrade } from "@/lib/gateway/refuse-upgrade"
import { upgradeFacts } from "@/lib/gateway/upgrade-facts"
import type { NetFacts } from "@/lib/pairing/facts"
import { judgeLocality } from "@/lib/pairing/locality"
import type { Store } from "@/lib/store/store"
import { createPasser } from "./control-ui-proxy"
import { type Guard, routeOf } from "./control-ui-routes"
import type { FrontDoor } from "./front-door"
import type { HandedTokens } from "./handed-tokens"
import { judgeAuthorization, type Verdict } from "./judge-bearer"
import { createLines } from "./lines"
import type { Link } from "./link"

export type ControlUi = {
  readonly request: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => void
}

export type ControlUiOptions = {
  readonly store: Store
  readonly gateway: Pick<AttachedGateway, "handleUpgrade" | "throttle">
  readonly link: FrontDoor["link"]
  readonly handed: HandedTokens
  /** Whether this port speaks TLS. */
  readonly encrypted: boolean
  readonly limits?: Partial<Limits>
}

type Limits = { readonly idleMs: number; readonly atOncePerAddress: number; readonly waitingPerAddress: number }

// A browser opens the page with some sixty files, and behind a proxy it asks for all of them at once.
const defaultLimits: Limits = { idleMs: 120_000, atOncePerAddress: 24, waitingPerAddress: 512 }

/**
 * Serves the web page of the gateway behind on an origin of its own, and what that page needs over HTTP, with the
 * credential of the page replaced by ours. No other path of that gateway is reached, and nothing of the console is here.
 */
export function openControlUi({ store, gateway, link, handed, encrypted, limits }: ControlUiOptions): ControlUi {
  const { idleMs, atOncePerAddress, waitingPerAddress } = { ...defaultLimits, ...limits }
  const passer = createPasser()
  const lines = createLines({ atOnce: atOncePerAddress, most: waitingPerAddress, waitMs: idleMs })

  const factsOf = (request: IncomingMessage) => upgradeFacts(request, "control-ui", store.gatewayInfo)
  const sourceOf = (net: NetFacts) =>
    clientSource(net, judgeLocality(net, { tsNetHostIsLocal: false, firstPartyOrigins: [] }))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request.method ?? "", request.url ?? "", request.headers.accept)
    if (route === null) return say(request, response, 404, "not here")
    const behind = link()
    if (behind?.state().state !== "up") return say(request, response, 502, whyNotUp(behind))
    protect(response, route.guard)
    let bearer: string | null = null
    if (route.guard.kind === "bearer") {
      const { throttle } = gateway
      const facts = { store, throttle, handed, source: sourceOf(factsOf(request)), guard: route.guard }
      const verdict = await judgeAuthorization(request.headers.authorization, facts)
      if (!verdict.ok) return refuse(request, response, verdict)
      bearer = behind.target.secret.value
    }
    const passing = { url: behind.target.url, path: route.path, bearer, idleMs }
    if (!(await passer.pass(request, response, passing))) say(request, response, 502, unanswered)
  }

  return {
    async request(request, response) {
      const left = new AbortController()
      response.once("close", () => left.abort())
      const served = async () => {
        await answer(request, response)
        return "over"
      }
      const turn = await lines.run(sourceOf(factsOf(request)).key, served, left.signal)
      if (turn === null && !response.destroyed) say(request, response, 503, "too many requests at once")
    },
    upgrade(request, socket, head) {
      if (isOwnPage(factsOf(request), encrypted)) return gateway.handleUpgrade(request, socket, head, "control-ui")
      refuseUpgrade(socket, 403)
    },
    close: passer.close,
  }
}

const unanswered = "The gateway behind Gatehouse does not answer. Its page is back as soon as it is."

function whyNotUp(link: Link | null): string {
  if (link === null) return "There is no gateway behind this Gatehouse, so its page is not here."
  if (link.state().state === "unsafe") return "Gatehouse does not use the gateway behind it now: its console says why."
  return unanswered
}

/**
 * Whether a socket is asked for by the very page that is served here: its origin is the address it asks, exactly. That a
 * proxy encrypts is believed of any: who asks is a browser, whose pages cannot say it.
 */
function isOwnPage({ host, origin, headers }: NetFacts, encrypted: boolean): boolean {
  const address = `${encrypted || headers["x-forwarded-proto"] === "https" ? "https" : "http"}://${host}`
  return host !== null && URL.canParse(address) && new URL(address).origin === origin
}

/** Security headers that the gateway behind may replace by its own; its page cannot do without those it has. */
function protect(response: ServerResponse, { kind }: Guard): void {
  response.setHeader("x-content-type-options", "nosniff")
  response.setHeader("referrer-policy", "no-referrer")
  if (kind === "ticket") return
  response.setHeader("x-frame-options", "DENY")
  response.setHeader("cross-origin-opener-policy", "same-origin-allow-popups")
  response.setHeader("cross-origin-resource-policy", "same-origin")
}

const needed = "a token of this gateway is needed"
const refusals = {
  absent: { status: 401, text: needed },
  "not-good": { status: 401, text: needed },
  "too-little": { status: 403, text: "this token does not open that" },
  locked: { status: 429, text: "too many wrong tokens" },
} as const

function refuse(request: IncomingMessage, response: ServerResponse, verdict: Extract<Verdict, { ok: false }>): void {
  const { status, text } = refusals[verdict.because]
  if (status === 401) response.setHeader("www-authenticate", "Bearer")
  if (verdict.because === "locked") response.setHeader("retry-after", Math.ceil(verdict.retryAfterMs / 1_000))
  say(request, response, status, text)
}
