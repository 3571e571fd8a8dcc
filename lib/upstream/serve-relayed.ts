import { setTimeout as pause } from "node:timers/promises"
import { type RequestFrame, responseFrame } from "@/lib/gateway/frames"
import type { Gateway, Served } from "@/lib/gateway/gateway"
import type { Admitted } from "@/lib/gateway/handshake"
import { helloAuth } from "@/lib/gateway/hello"
import { unavailable } from "@/lib/gateway/refusals"
import { createDispatcher } from "@/lib/gateway/rpc"
import { createSession, type Session, type Wire } from "@/lib/gateway/session"
import { sessionFacts } from "@/lib/gateway/session-facts"
import type { UpstreamState } from "@/lib/store/upstream-board"
import { type Call, createCalls, missingScopeOf } from "./calls"
import type { Dialled } from "./dial"
import type { Door } from "./door"
import type { Translation } from "./ids"
import { openRelay, type Relay } from "./relay"
import { grantedBeyond } from "./scopes"

/** How one kind of client is known to the gateway behind. */
export type Passage = {
  /** The scopes that its connection there is asked for. */
  readonly asked: readonly string[]
  /** One handshake there for this client; null when it got no place for it. */
  readonly dial: (session: Session) => Promise<Dialled | null>
  readonly translation: Translation
  /** Told once the client is in. */
  readonly onServed?: () => void
}

// What is answered here although a gateway is behind: devices, their tokens and their codes are this gateway's. So is
// the end of a node: removed behind alone it would be let in there again, for it is still approved here.
const ownMethods = ["connect", "node.pair.remove"]
const isOwn = (method: string) => ownMethods.includes(method) || method.startsWith("device.")

const retryAfterMs = 1_000

/**
 * Serves a client that was let in through the gateway behind, with exactly what was granted. Dials only now, after the
 * decision, so that nobody who was not let in ever reaches it.
 */
export function serveRelayed(door: Door, gateway: Gateway, admitted: Admitted, wire: Wire, passage: Passage): Served {
  const settings = gateway.settings()
  const session = createSession(sessionFacts(admitted), wire, {
    maxBufferedBytes: settings.maxBufferedBytes,
    events: "relayed",
  })
  const { deviceId } = session
  const calls = createCalls(gateway.store.now)
  const dispatcher = createDispatcher(session, gateway.methods, settings.maxRequestsInWork, (frame, reply) => {
    calls.asked(frame.id, frame.method)
    note(calls.answered(frame.id, reply.ok ? null : missingScopeOf(reply.error.details)))
  })
  const queue: RequestFrame[] = []
  let relay: Relay | null = null

  gateway.sessions.add(session, admitted.params.client.id, gateway.store.now(), calls.lastHour)
  if (admitted.isCutOff()) session.cutOff(4001, "rights changed")
  void begin().catch((error: unknown) => {
    console.error("A connection could not be relayed:", error)
    refuse("the gateway behind could not be used")
  })

  function note(call: Call | null) {
    if (call !== null) door.noteCall(deviceId, call)
  }

  function refuse(message: string) {
    if (!session.isAlive()) return
    const { error, close } = unavailable(message, retryAfterMs, null)
    if (error !== null) wire.send(responseFrame(admitted.requestId, { ok: false, error }))
    session.cutOff(close.code, close.reason)
  }

  async function begin() {
    // Whoever comes while it is looked at for the first time waits for the verdict.
    if (door.link.state().state === "connecting") {
      await Promise.race([door.link.settled, pause(door.dialMs, undefined, { ref: false })])
    }
    const { state } = door.link.state()
    if (state !== "up") return refuse(unusable(state))
    const dialled = await passage.dial(session)
    if (dialled === null) return refuse("too many connections at once")
    if (!dialled.ok) {
      door.link.suspect(dialled.failure)
      return refuse(unusable(door.link.state().state))
    }
    const { socket, hello } = dialled
    if (!session.isAlive()) return socket.close()
    const beyond = grantedBeyond(passage.asked, hello.auth.scopes)
    if (beyond.length > 0) {
      socket.close()
      door.link.distrust(`Asked for [${passage.asked}], it granted ${beyond.join(" and ")} besides.`)
      return refuse(unusable("unsafe"))
    }
    const auth = helloAuth(admitted, hello.auth.scopes)
    const payload = { ...passage.translation.payload(hello), protocol: admitted.protocol, auth }
    wire.liftFrameLimit()
    session.respond(admitted.requestId, { ok: true, payload })
    relay = openRelay({ session, wire, socket, calls, translation: passage.translation, onCall: note })
    for (const frame of queue.splice(0)) receive(frame)
    passage.onServed?.()
  }

  function receive(frame: RequestFrame) {
    if (!session.isAlive()) return
    if (isOwn(frame.method)) return dispatcher.receive(frame)
    if (relay !== null) return relay.pass(frame)
    queue.push(frame)
    if (queue.length > settings.maxQueuedFrames) session.cutOff(1008, "too many pending handshake frames")
  }

  return { receive, ended: () => gateway.sessions.drop(session) }
}

/** What a client is told of a gateway behind that cannot be used now; nothing that it could take for its own fault. */
function unusable(state: UpstreamState): string {
  switch (state) {
    case "connecting":
    case "restarting":
      return "the gateway behind is starting"
    case "unsafe":
      return "the gateway behind cannot be used safely"
    case "off":
    case "up":
    case "down":
    case "wrong-secret":
      return "the gateway behind is not reachable"
  }
}
