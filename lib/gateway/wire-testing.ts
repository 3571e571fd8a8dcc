import { expect } from "vitest"
import { WebSocket } from "ws"
import type { Store } from "@/lib/store/store"
import { type ConnectOptions, connectParams, createIdentity } from "@/tools/wire-client"
import { defaultGatewaySettings } from "./settings"
import { startTestGateway, type TestGateway } from "./testing"

export type Heard = {
  /** Every frame from the server, the challenge first. */
  readonly frames: readonly unknown[]
  readonly close: { readonly code: number; readonly reason: string }
}

/** What a test says on a socket: a frame of text, or bytes as a binary or (badly encoded) text frame. */
export type Saying = string | { readonly bytes: Buffer; readonly as: "binary" | "text" }

/**
 * Opens a socket, says something after the challenge, and listens until the server closes. Fails when the server
 * does not close by itself.
 */
export function say(
  url: string,
  compose: (challenge: { nonce: string; ts: number }) => readonly Saying[],
  headers: Record<string, string> = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { perMessageDeflate: false, headers })
    const frames: unknown[] = []
    const timer = setTimeout(() => {
      ws.terminate()
      reject(new Error(`the server did not close; heard ${JSON.stringify(frames)}`))
    }, 8_000)
    ws.on("message", (bytes) => {
      frames.push(JSON.parse(bytes.toString()))
      if (frames.length > 1) return
      for (const saying of compose(challengeOf(frames[0]))) {
        if (typeof saying === "string") ws.send(saying)
        else ws.send(saying.bytes, { binary: saying.as === "binary" })
      }
    })
    ws.on("error", () => {})
    ws.on("close", (code, reason) => {
      clearTimeout(timer)
      resolve({ frames, close: { code, reason: reason.toString() } })
    })
  })
}

function challengeOf(frame: unknown): { nonce: string; ts: number } {
  if (typeof frame === "object" && frame !== null && "payload" in frame) {
    const { payload } = frame
    if (typeof payload === "object" && payload !== null && "nonce" in payload && "ts" in payload) {
      return { nonce: String(payload.nonce), ts: Number(payload.ts) }
    }
  }
  throw new Error(`the first frame is no challenge: ${JSON.stringify(frame)}`)
}

/** The text of a well-formed connect request, or of one that was changed after it was signed. */
export function connectFrame(
  options: Omit<ConnectOptions, "url">,
  challenge: { nonce: string; ts: number },
  change: (params: Record<string, unknown>) => unknown = (params) => params,
): string {
  return JSON.stringify({ type: "req", id: "1", method: "connect", params: change(connectParams(options, challenge)) })
}

/**
 * Everything that bad input must leave as it is, as one comparable text: what was observed until now as well, once it
 * is written. Left out are the counters of refusals, which are all that it may leave behind.
 */
export async function storeState(store: Store): Promise<string> {
  const { db } = store
  await store.observed.flush()
  return JSON.stringify({
    devices: await db.device.findMany({ orderBy: { deviceId: "asc" } }),
    tokens: await db.token.findMany({ orderBy: { tokenId: "asc" } }),
    requests: await db.request.findMany({ orderBy: { requestId: "asc" } }),
    blocks: await db.block.findMany({ orderBy: { publicKey: "asc" } }),
    attempts: await db.connectAttempt.findMany({ orderBy: { id: "asc" } }),
    connects: await db.connectCount.findMany({ orderBy: [{ deviceId: "asc" }, { day: "asc" }] }),
    history: await db.scopeChange.count(),
    audit: await db.auditEntry.count(),
    admins: await db.admin.count(),
    settings: await db.setting.findMany({ orderBy: { key: "asc" } }),
    policy: await db.policyVersion.count(),
  })
}

/** One line of a table of refused connects; no error means closed without an answer. */
export type BadConnect = readonly [
  what: string,
  options: () => Partial<ConnectOptions>,
  error: object | null,
  close: object,
]

/** A gateway with one paired device, and the check that a bad connect is refused and harms nobody. */
export function badInput() {
  const friend = createIdentity()
  const stranger = createIdentity()
  let gateway: TestGateway | null = null
  let token = ""
  const running = (): TestGateway => {
    if (gateway === null) throw new Error("start the gateway first")
    return gateway
  }
  return {
    friend,
    stranger,
    friendsToken: () => token,
    async start() {
      const throttle = { ...defaultGatewaySettings.throttle, firstDelayMs: 1, longestDelayMs: 1 }
      gateway = await startTestGateway({ settings: { throttle } })
      const first = await gateway.enter({ identity: friend, scopes: ["operator.read"] })
      token = first.hello.auth.deviceToken ?? ""
      await first.close()
    },
    stop: () => running().close(),
    async refuses(options: Partial<ConnectOptions>, error: object | null, close: object) {
      const { store, knock, enter } = running()
      const before = await storeState(store)
      const result = await knock({ identity: stranger, scopes: ["operator.read"], ...options })
      if (result.ok) throw new Error("was let in")
      if (error === null) expect(result.error).toBeNull()
      else expect(result.error).toMatchObject(error)
      expect(result.close).toMatchObject(close)

      expect(await storeState(store)).toBe(before)
      const client = await enter({ identity: friend, scopes: ["operator.read"], auth: { deviceToken: token } })
      await client.close()
    },
  }
}
