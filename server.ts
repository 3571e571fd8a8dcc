import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:http"
import type { Duplex } from "node:stream"
import { clientAddressHeader } from "@/lib/auth/client-address"
import { isOwnOrigin } from "@/lib/auth/origin"
import { env } from "@/lib/env"
import { attachGateway } from "@/lib/gateway/attach"
import { loadCompressedFiles } from "@/lib/gateway/compressed-files"
import { openingLines, reachableHost } from "@/lib/gateway/opening"
import { isWebSocketUpgrade, servePlainly } from "@/lib/gateway/plain-request"
import { type Arrivals, closePorts, openPorts, type Ports } from "@/lib/gateway/ports"
import { createProbes, say } from "@/lib/gateway/probes"
import { refuseUpgrade } from "@/lib/gateway/refuse-upgrade"
import type { Listener } from "@/lib/gateway/upgrade-facts"
import { judgeVisit, passOn, protect, type Visit } from "@/lib/gateway/visit"
import { lockDataDir, openDataDir } from "@/lib/store/data-dir"
import { prepareFirstRun } from "@/lib/store/first-run"
import { installStore } from "@/lib/store/instance"
import { loadKeys } from "@/lib/store/server-key"
import { StartError } from "@/lib/store/start-error"
import { openStore, type Store } from "@/lib/store/store"
import { loadUpstream } from "@/lib/store/upstream"
import { openControlUi } from "@/lib/upstream/control-ui"
import { type Configured, type FrontDoor, openFrontDoor } from "@/lib/upstream/front-door"
import { createHandedTokens } from "@/lib/upstream/handed-tokens"

type Answers = {
  request(listener: Listener, request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(listener: Listener, request: IncomingMessage, socket: Duplex, head: Buffer): void
  stop(): Promise<void>
}

const methods = ["GET", "HEAD", "POST"]
const stopWithinMs = 4_500

let answers: Answers | null = null

// What this process writes is for its own user only: database, keys, secrets.
process.umask(0o077)

try {
  await start()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}

/** Takes the ports first, then the data directory, then the database: whatever fails has changed nothing behind it. */
async function start(): Promise<void> {
  const { host, port, proxyPort, tls } = env
  const controlUiPort = env.processRole === "console" ? null : env.controlUiPort
  const ports = await openPorts(
    { host, port, proxyPort, controlUiPort, tls },
    {
      request: (listener, request, response) => void receive(listener, request, response),
      upgrade: receiveUpgrade,
    },
  )
  const unlock = env.databaseUrl === null ? openOwnDir(env.dataDir) : () => undefined
  const store = await openStore({
    databaseUrl: env.databaseUrl,
    databaseListenUrl: env.databaseListenUrl,
    dataDir: env.dataDir,
    processRole: env.processRole,
    keys: loadKeys(env),
    gatewayToken: env.gatewayToken,
    authSecret: env.authSecret,
    gatewayInfo: {
      host: env.host,
      port: ports.port,
      publicUrl: env.publicUrl ?? (env.tls === null ? null : `https://${reachableHost(env.host, true)}:${ports.port}`),
      trustedProxies: env.trustedProxies,
      proxyPort: ports.proxyPort,
      controlUiPort: ports.controlUiPort,
    },
  })
  installStore(store)
  // Its link leads to a page, and a gateway has none.
  const isOwnersWay = env.processRole !== "gateway"
  const firstRun = isOwnersWay ? await prepareFirstRun(store, { owner: env.owner, nowMs: store.now() }) : null
  answers = await answersOf(store)
  for (const line of openingLines(store.gatewayInfo, { encrypted: env.tls !== null, firstRun })) console.log(line)
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(ports, unlock))
}

/** Rows, keys and secrets are kept here; on PostgreSQL all of them come from elsewhere. */
function openOwnDir(dataDir: string): () => void {
  openDataDir(dataDir)
  return lockDataDir(dataDir)
}

function receiveUpgrade(
  listener: Listener,
  { server, request, socket, head }: Parameters<Arrivals["upgrade"]>[1],
): void {
  if (!isWebSocketUpgrade(request)) servePlainly(server, request, socket, head)
  else if (answers === null) refuseUpgrade(socket, 503)
  else answers.upgrade(listener, request, socket, head)
}

async function receive(listener: Listener, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (answers === null) {
    const isAlive = request.url === "/healthz" && listener !== "control-ui"
    say(request, response, isAlive ? 200 : 503, isAlive ? "alive" : "starting")
    return
  }
  try {
    await answers.request(listener, request, response)
  } catch (error) {
    console.error("A request failed:", error)
    if (response.headersSent) response.destroy()
    else say(request, response, 500, "something went wrong")
  }
}

async function answersOf(store: Store): Promise<Answers> {
  const door = await openFrontDoor({ store, configured: () => upstreamOf(store) })
  const devices = env.processRole === "console" ? null : openDevices(store, door)
  const pages = env.processRole === "gateway" ? null : await openPages(store)
  const processRole = env.processRole === "all" ? null : env.processRole
  const probes = createProbes({ store, metricsToken: env.metricsToken, processRole })
  return {
    async request(listener, request, response) {
      if (listener === "control-ui" && devices !== null) return devices.controlUi.request(request, response)
      const { policy } = await store.policy()
      const encrypted = listener === "main" && env.tls !== null
      const visit = judgeVisit(request, { listener, encrypted, info: store.gatewayInfo, policy })
      protect(response, visit)
      if (!methods.includes(request.method ?? "")) {
        response.setHeader("allow", methods.join(", "))
        return say(request, response, 405, "method not allowed")
      }
      if (isForeign(request, store)) return say(request, response, 403, "not from a page of this console")
      if (await probes.answer(request, response, visit)) return
      if (pages === null)
        return say(request, response, 404, "this process serves devices; pages are served by a console")
      await pages.request(request, response, visit)
    },
    upgrade(listener, request, socket, head) {
      if (listener === "control-ui") devices?.controlUi.upgrade(request, socket, head)
      else if (request.url?.startsWith("/_next/")) {
        if (env.production || pages === null) refuseUpgrade(socket, 404)
        else pages.upgrade(request, socket, head)
      } else if (devices !== null) devices.gateway.handleUpgrade(request, socket, head, listener)
      else refuseUpgrade(socket, 503, "this process serves pages; devices are served by a gateway")
    },
    async stop() {
      await devices?.close()
      door.close()
      await pages?.close()
      await store.close()
    },
  }
}

/** The endpoint for devices, and the page of the gateway behind, whose browsers are devices. */
function openDevices(store: Store, door: FrontDoor) {
  const handed = createHandedTokens()
  const gateway = attachGateway({ store, serve: handed.serving(door.serve), hasUpstream: door.isOn })
  const controlUi = openControlUi({ store, gateway, link: door.link, handed, encrypted: env.tls !== null })
  return {
    gateway,
    controlUi,
    async close() {
      await gateway.close()
      controlUi.close()
    },
  }
}

async function openPages(store: Store) {
  // A process without pages is spared all of it.
  const { default: next } = await import("next")
  // Next listens for upgrades on the server it is given, or on the one of its first request. This one listens to no
  // port: it passes on the upgrades of reloading pages, which Next's own upgrade handler leaves unanswered.
  const upgrades = createServer()
  const app = next({ dev: !env.production, port: store.gatewayInfo.port, httpServer: upgrades, quiet: true })
  await app.prepare()
  const page = app.getRequestHandler()
  const files = env.production ? loadCompressedFiles(".next/static") : null
  return {
    async request(request: IncomingMessage, response: ServerResponse, visit: Visit) {
      if (files?.answer(request, response)) return
      passOn(request.headers, visit, clientAddressHeader)
      await page(request, response)
    },
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      upgrades.emit("upgrade", request, socket, head),
    close: () => app.close(),
  }
}

/** The gateway behind this one: the one of the environment, else the one that an owner set up in the console. */
async function upstreamOf(store: Store): Promise<Configured | null> {
  if (env.upstream !== null) return { target: env.upstream, source: "environment" }
  const stored = await loadUpstream(store)
  if (stored === null || stored.secret === null) return null
  return { target: { url: stored.url, secret: stored.secret }, source: "console" }
}

/** Whether a request that may change something comes from a page of another origin. Actions check it once more. */
function isForeign({ method, headers }: IncomingMessage, { gatewayInfo }: Store): boolean {
  const isReading = method === "GET" || method === "HEAD"
  if (isReading || headers.origin === undefined) return false
  return !isOwnOrigin(headers.origin, { host: headers.host ?? null, publicUrl: gatewayInfo.publicUrl })
}

let stopping = false

async function stop(ports: Ports, unlock: () => void): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => {
    console.error("Gatehouse did not stop in time and ends now.")
    process.exit(1)
  }, stopWithinMs).unref()
  await closePorts(ports, async () => answers?.stop())
  unlock()
  process.exit(0)
}
