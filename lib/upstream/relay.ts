import { eventFrame, type RequestFrame } from "@/lib/gateway/frames"
import type { Session, Wire } from "@/lib/gateway/session"
import { type Call, type Calls, missingScopeOf } from "./calls"
import { closeForClient } from "./close-codes"
import { readResponse } from "./frames"
import { sendHoldingBack } from "./hold-back"
import type { Translation } from "./ids"
import type { UpstreamSocket } from "./socket"

type RelayOptions = {
  readonly session: Session
  readonly wire: Wire
  readonly socket: UpstreamSocket
  readonly calls: Calls
  readonly translation: Translation
  readonly onCall: (call: Call) => void
}

export type Relay = {
  /** Passes a request of the client on. */
  readonly pass: (frame: RequestFrame) => void
}

// Of nearly every response the head says all that is wanted; only one that was refused is read whole.
const responseHead = /^\{"type":"res","id":("(?:[^"\\]|\\.)*"),"ok":(true|false)/
const eventHead = /^\{"type":"event","event":"([A-Za-z.]+)"/
const ownEvents = /"device\.pair\./

/**
 * Ties a client that was let in to its own connection with the gateway behind, in both directions, until either
 * ends. Each side is read no faster than the other takes. Events about that gateway's own pairing are replaced, so
 * that the client sees no gap in their numbers; ids of nodes are translated where they are spoken of.
 */
export function openRelay({ session, wire, socket, calls, translation, onCall }: RelayOptions): Relay {
  const toClient = sendHoldingBack(socket, wire)
  const toUpstream = sendHoldingBack(wire, socket)

  /** Counts the call that a response answers, and tells its method. */
  function settle(text: string): string | null {
    const [, quoted, ok] = responseHead.exec(text.slice(0, 1024)) ?? []
    const response = ok === "true" ? null : readResponse(text)
    const id = quoted === undefined ? (response?.id ?? null) : String(JSON.parse(quoted))
    const call = id === null ? null : calls.answered(id, missingScopeOf(response?.error?.details))
    if (call !== null) onCall(call)
    return call?.method ?? null
  }

  socket.listen((text) => {
    if (!session.isAlive()) return
    if (text.startsWith('{"type":"res"')) return toClient(translation.inward(settle(text), text))
    const event = eventHead.exec(text)?.[1] ?? null
    if (ownEvents.test(text.slice(0, 64))) return toClient(stopgap(text))
    toClient(translation.inward(event, text))
  })
  void socket.closed.then((close) => {
    const { code, reason } = closeForClient(close)
    session.cutOff(code, reason)
  })
  session.over.addEventListener("abort", () => socket.close(), { once: true })
  if (session.over.aborted) socket.close()

  return {
    pass(frame) {
      calls.asked(frame.id, frame.method)
      toUpstream(translation.outward(frame.method, JSON.stringify(frame)))
    },
  }
}

/** A harmless event with the number of one that is left out. */
function stopgap(text: string): string {
  const parsed: unknown = JSON.parse(text)
  const seq = typeof parsed === "object" && parsed !== null && "seq" in parsed ? parsed.seq : undefined
  return eventFrame("tick", { ts: Date.now() }, typeof seq === "number" ? seq : undefined)
}
