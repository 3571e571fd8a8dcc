import type { NetFacts } from "@/lib/pairing/facts"
import type { Authority, Metadata, Role, Scopes } from "@/lib/pairing/types"
import type { Commander } from "@/lib/store/actor"
import { eventFrame, type Reply, responseFrame } from "./frames"
import { cutToBytes } from "./text"

/** One direction of a socket, and all that the rest of the gateway knows of it. */
export type Wire = {
  /** `sent` is called once the frame has left. */
  readonly send: (frame: string, sent?: () => void) => void
  /** Stops and goes on reading what the client sends. */
  readonly pause: () => void
  readonly resume: () => void
  readonly close: (code: number, reason: string) => void
  /** Bytes that were sent and have not left yet. */
  readonly bufferedBytes: () => number
  /** Lifts the limit on incoming frames to that of clients that have logged in. */
  readonly liftFrameLimit: () => void
}

/** A live connection that was let in. */
export type Session = {
  readonly connId: string
  /** The device whose key was proven; null for the command line of this machine. */
  readonly deviceId: string | null
  readonly publicKey: string | null
  readonly role: Role
  readonly scopes: Scopes
  readonly authority: Authority
  readonly actor: Extract<Commander, { kind: "wire" }>
  /** Names the shared secret that opened it; null when a device token did. */
  readonly secretGeneration: string | null
  readonly address: string
  /** What the socket and the client said when it was opened, for a further ask of the same session. */
  readonly knock: { readonly net: NetFacts; readonly metadata: Metadata }
  /** Aborted when the session is cut off or its socket ends. */
  readonly over: AbortSignal
  readonly isAlive: () => boolean
  readonly respond: (id: string, reply: Reply) => void
  /** Sends an event that is skipped for a client that reads too slowly; the client sees the gap in `seq`. */
  readonly broadcast: (event: string, payload: unknown) => void
  /** From now on nothing is served; the socket closes once the answers in work are out. */
  readonly cutOff: (code: number, reason: string) => void
  /** Counts a request as in work until the returned function is called. */
  readonly begin: () => () => void
  readonly inWork: () => number
  /** The socket is gone. */
  readonly end: () => void
}

// Longest time that a cut-off socket stays open for the answer to the request that cut it.
const lastWordMs = 300

/** Close frames hold at most 123 bytes; the protocol keeps to 120. */
export const maxReasonBytes = 120

export type SessionFacts = Pick<
  Session,
  | "connId"
  | "deviceId"
  | "publicKey"
  | "role"
  | "scopes"
  | "authority"
  | "actor"
  | "secretGeneration"
  | "address"
  | "knock"
>

export type SessionOptions = {
  readonly maxBufferedBytes: number
  /**
   * `own`: every event comes from here and is numbered. `relayed`: ticks and numbers come from the gateway behind, and
   * what is told from here goes in between without a number.
   */
  readonly events: "own" | "relayed"
}

/** Makes a session of a connection that was let in. */
export function createSession(facts: SessionFacts, wire: Wire, { maxBufferedBytes, events }: SessionOptions): Session {
  const controller = new AbortController()
  let seq = 0
  let working = 0
  let closing: { code: number; reason: string } | null = null
  let isOver = false

  function close(code: number, reason: string) {
    if (isOver) return
    isOver = true
    controller.abort("over")
    wire.close(code, cutToBytes(reason, maxReasonBytes))
  }

  return {
    ...facts,
    over: controller.signal,
    isAlive: () => !isOver && closing === null,
    respond(id, reply) {
      if (isOver) return
      if (wire.bufferedBytes() > maxBufferedBytes) return close(1008, "slow consumer")
      wire.send(responseFrame(id, reply))
    },
    broadcast(event, payload) {
      if (isOver || closing !== null) return
      if (events === "relayed" && event === "tick") return
      seq += 1
      if (wire.bufferedBytes() > maxBufferedBytes) return
      wire.send(eventFrame(event, payload, events === "own" ? seq : undefined))
    },
    cutOff(code, reason) {
      if (isOver || closing !== null) return
      closing = { code, reason }
      controller.abort("over")
      if (working === 0) return close(code, reason)
      setTimeout(() => close(code, reason), lastWordMs).unref()
    },
    begin() {
      working += 1
      let isDone = false
      return () => {
        if (isDone) return
        isDone = true
        working -= 1
        if (working === 0 && closing !== null) close(closing.code, closing.reason)
      }
    },
    inWork: () => working,
    end() {
      isOver = true
      controller.abort("over")
    },
  }
}
