import { countRefusal } from "@/lib/store/count-refusal"
import { eventFrame, readConnectParams, readJson, readRequest, responseFrame } from "./frames"
import type { Connect, Gateway, Knock, Served } from "./gateway"
import { shakeHands } from "./handshake"
import { issueText } from "./issue-text"
import { invalidParams, type Refusal, refusal, silentRefusal, unavailable } from "./refusals"
import { maxReasonBytes, type Wire } from "./session"
import { cutToBytes } from "./text"

/** One socket from its challenge to its end. `receive` gets null for a frame that is not text. */
export type Connection = { readonly receive: (frame: string | null) => void; readonly ended: () => void }

/**
 * Challenges the client, has its connect decided, and hands what follows to the step that serves it. Frames that
 * arrive in between wait, up to a limit. `loggedIn` is called once when the client was let in.
 */
export function openConnection(gateway: Gateway, knock: Knock, wire: Wire, loggedIn: () => void): Connection {
  const settings = gateway.settings()
  const queue: (string | null)[] = []
  let state: "waiting" | "deciding" | "over" | { readonly served: Served } = "waiting"

  const timer = setTimeout(() => finish(silentRefusal(1000, "", "timeout")), settings.handshakeTimeoutMs)

  /** Ends a connection that was not let in, with its answer first. */
  function finish({ error, close, counted }: Refusal, requestId?: string) {
    if (state === "over" || typeof state === "object") return
    state = "over"
    queue.length = 0
    clearTimeout(timer)
    if (counted !== null) note(counted)
    if (error !== null && requestId !== undefined) wire.send(responseFrame(requestId, { ok: false, error }))
    wire.close(close.code, cutToBytes(close.reason, maxReasonBytes))
  }

  function note(reason: string) {
    countRefusal(gateway.store, { reason, address: knock.source.address, nowMs: gateway.store.now() })
  }

  function first(frame: string | null) {
    const json = frame === null ? null : readJson(frame)
    if (json === undefined) return finish(silentRefusal(1000, "", "not-json"))
    const request = readRequest(json)
    if (request === null) return finish(silentRefusal(1008, "invalid request frame", "invalid-frame"))
    if (request.method !== "connect") {
      const message = "invalid handshake: first request must be connect"
      return finish(refusal({ code: "INVALID_REQUEST", message }, "not-connect"), request.id)
    }
    const params = readConnectParams(request.params)
    if (!params.success) return finish(invalidParams(issueText(params.error.issues)), request.id)
    state = "deciding"
    void decide({ knock, requestId: request.id, params: params.data })
  }

  async function decide(connect: Connect) {
    try {
      const outcome = await shakeHands(gateway, connect)
      if (outcome.ok) return admit(() => gateway.serve(gateway, outcome.admitted, wire))
      if (outcome.refusal.delayMs > 0) await pause(outcome.refusal.delayMs)
      finish(outcome.refusal, connect.requestId)
    } catch (error) {
      console.error("A connect could not be decided:", error)
      finish(unavailable("the gateway could not decide", 1000, null), connect.requestId)
    }
  }

  function admit(serve: () => Served) {
    if (state === "over") return
    clearTimeout(timer)
    loggedIn()
    const served = serve()
    state = { served }
    for (const frame of queue.splice(0)) receive(frame)
  }

  function later(served: Served, frame: string | null) {
    const request = frame === null ? null : readRequest(readJson(frame))
    if (request !== null) return served.receive(request)
    // Over at once: frames behind this one still arrive until the other side has answered the close.
    ended()
    wire.close(1008, "invalid request frame")
  }

  function ended() {
    clearTimeout(timer)
    if (typeof state === "object") state.served.ended()
    state = "over"
    queue.length = 0
  }

  function receive(frame: string | null) {
    if (state === "over") return
    if (state === "waiting") return first(frame)
    if (state !== "deciding") return later(state.served, frame)
    queue.push(frame)
    if (queue.length > settings.maxQueuedFrames) {
      finish(silentRefusal(1008, "too many pending handshake frames", "flood"))
    }
  }

  wire.send(eventFrame("connect.challenge", { nonce: knock.nonce, ts: gateway.store.now(), capabilities: [] }))

  return { receive, ended }
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))
