import { randomUUID } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { type RawData, type WebSocket, WebSocketServer } from "ws"
import { judgeLocality } from "@/lib/pairing/locality"
import { currentSettings } from "@/lib/store/settings"
import type { Store } from "@/lib/store/store"
import packageFile from "@/package.json"
import { createAdmission } from "./admission"
import { clientSource } from "./client-source"
import { openConnection } from "./connection"
import type { Gateway, Knock, Serve } from "./gateway"
import { createMethods } from "./methods"
import { refuseUpgrade } from "./refuse-upgrade"
import { servePairing } from "./serve-pairing"
import type { Wire } from "./session"
import { createSessions } from "./sessions"
import { defaultGatewaySettings, type GatewaySettings, withStoredSettings } from "./settings"
import { shareFailures, shareOf } from "./share-limits"
import { createThrottle, type Throttle } from "./throttle"
import { type Listener, upgradeFacts } from "./upgrade-facts"

export type AttachOptions = {
  readonly store: Store
  /** Numbers that stand above those of the console; tests shorten times with it. */
  readonly settings?: Partial<GatewaySettings>
  /** What happens to a connection after it was let in; the pairing methods alone unless something else is given. */
  readonly serve?: Serve
  /** Whether `serve` hands clients on to a gateway behind, which changes what nodes may be given silently. */
  readonly hasUpstream?: () => boolean
}

export type AttachedGateway = {
  /** Takes one WebSocket upgrade. */
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, listener: Listener) => void
  /** Counts failures of credentials, whatever way they were presented. */
  readonly throttle: Throttle
  /** Tells clients, closes every socket and resolves when they are gone. */
  readonly close: () => Promise<void>
}

// How long the other side has to answer a close frame.
const closeTimeoutMs = 1_000

/** Starts the endpoint for devices on upgrades that the server hands it. */
export function attachGateway({
  store,
  settings: given = {},
  serve = servePairing,
  hasUpstream = () => false,
}: AttachOptions): AttachedGateway {
  let settings: GatewaySettings = { ...defaultGatewaySettings, ...given }
  const readSettings = () =>
    currentSettings(store).then(
      (stored) => {
        settings = { ...withStoredSettings(defaultGatewaySettings, stored), ...given }
      },
      (error: unknown) => console.error("The settings could not be read, so the last ones stay:", error),
    )
  void readSettings()
  const unsubscribe = store.hub.subscribe((changes) => {
    if (changes.some((change) => change.kind === "settings" || change.kind === "missed")) void readSettings()
  })

  const hasOthers = store.dialect === "postgresql"
  const gateway: Gateway = {
    store,
    version: packageFile.version,
    settings: () => settings,
    throttle: createThrottle(() => settings.throttle, store.now, { isTold: hasOthers }),
    sessions: createSessions(store),
    methods: createMethods(store),
    serve,
    hasUpstream,
    startedAtMs: store.now(),
  }
  const admission = createAdmission(() => shareOf(settings.maxUnauthenticatedPerAddress, store.processes.gateways()))
  const ending = hasOthers ? shareFailures(store, gateway.throttle) : () => {}
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: true })
  const silent = new WeakSet<WebSocket>()
  let isClosing = false

  const pings = setInterval(() => {
    for (const ws of server.clients) {
      // What is not read cannot be heard to answer.
      if (ws.isPaused) continue
      if (silent.has(ws)) ws.terminate()
      else silent.add(ws)
      ws.ping()
    }
  }, settings.pingIntervalMs)
  const ticks = setInterval(() => gateway.sessions.tell("tick", { ts: store.now() }), settings.tickIntervalMs)

  function open(ws: WebSocket, knock: Knock, leave: () => void) {
    setFrameLimit(ws, settings.maxFrameBeforeLogin)
    const wire = wireOf(ws, () => settings.maxFrameAfterLogin)
    const connection = openConnection(gateway, knock, wire, leave)
    ws.on("message", (bytes: RawData, isBinary) => connection.receive(isBinary ? null : bytes.toString()))
    ws.on("pong", () => void silent.delete(ws))
    ws.on("close", connection.ended)
    // Whatever went wrong, the close that follows says it; there is nobody here to tell.
    ws.on("error", () => {})
  }

  return {
    throttle: gateway.throttle,
    handleUpgrade(request, socket, head, listener) {
      const net = upgradeFacts(request, listener, store.gatewayInfo)
      const locality = judgeLocality(net, { tsNetHostIsLocal: false, firstPartyOrigins: [] })
      const source = clientSource(net, locality)
      if (Object.keys(net.headers).length > 0) {
        store.presence.noteProxy(net.peerAddress, locality.because.kind === "declared-proxy")
      }
      const leave = isClosing ? null : admission.enter(source.key)
      if (leave === null) return refuseUpgrade(socket, 503)
      socket.once("close", leave)
      const knock = { connId: randomUUID(), nonce: randomUUID(), net, source }
      server.handleUpgrade(request, socket, head, (ws) => open(ws, knock, leave))
    },
    async close() {
      isClosing = true
      unsubscribe()
      ending()
      clearInterval(pings)
      clearInterval(ticks)
      gateway.sessions.tell("shutdown", { reason: "service restart" })
      gateway.sessions.close(1012, "service restart")
      await Promise.all([...server.clients].map(closeNow))
      server.close()
    },
  }
}

function closeNow(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (ws.readyState === ws.CLOSED) return resolve()
    ws.once("close", () => resolve())
    closeWithin(ws, 1012, "service restart")
  })
}

function closeWithin(ws: WebSocket, code: number, reason: string) {
  ws.close(code, reason)
  const timer = setTimeout(() => ws.terminate(), closeTimeoutMs)
  ws.once("close", () => clearTimeout(timer))
}

function wireOf(ws: WebSocket, limitAfterLogin: () => number): Wire {
  return {
    send: (frame, sent) => {
      if (ws.readyState === ws.OPEN) ws.send(frame, sent === undefined ? undefined : () => sent())
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: (code, reason) => closeWithin(ws, code, reason),
    bufferedBytes: () => ws.bufferedAmount,
    liftFrameLimit: () => setFrameLimit(ws, limitAfterLogin()),
  }
}

/** Sets how long an incoming frame may be. The field is internal to `ws`, so a test holds it in place. */
function setFrameLimit(ws: WebSocket, bytes: number) {
  const receiver: unknown = Reflect.get(ws, "_receiver")
  if (typeof receiver !== "object" || receiver === null || !("_maxPayload" in receiver)) {
    throw new Error("This version of ws keeps its frame limit elsewhere: adapt setFrameLimit.")
  }
  receiver._maxPayload = bytes
}
