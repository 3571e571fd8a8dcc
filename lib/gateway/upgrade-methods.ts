import { z } from "zod"
import { keepsCurrent, remainingMs } from "@/lib/pairing/requests"
import { askForMore } from "@/lib/store/connect-device"
import { handOverToken } from "@/lib/store/hand-over-token"
import type { Store } from "@/lib/store/store"
import type { Reply } from "./frames"
import { type Method, method, refuse } from "./rpc"
import type { Session } from "./session"

const upgradeParams = z.strictObject({
  scopes: z
    .array(z.string().min(1).max(256))
    .min(1)
    .max(8)
    .refine((scopes) => new Set(scopes).size === scopes.length),
})

/** How a device asks for more while it is connected, and waits for the answer. */
export function upgradeMethods(store: Store): readonly Method[] {
  return [
    method({
      name: "device.scopes.requestUpgrade",
      isCommand: true,
      params: upgradeParams,
      run: (session, { scopes }) => requestUpgrade(store, session, scopes),
    }),
    method({
      name: "device.scopes.waitUpgrade",
      isCommand: false,
      params: z.strictObject({ requestId: z.string().min(1).max(256) }),
      run: (session, { requestId }) => waitUpgrade(store, session, requestId),
    }),
  ]
}

/**
 * Files the request that the device would file by reconnecting with its own token, which no silent lane of the
 * default policy answers: a session may ask for itself, and a person decides. What needs no person is left to the
 * reconnect, for this answer hands no token over.
 */
async function requestUpgrade(store: Store, session: Session, scopes: readonly string[]): Promise<Reply> {
  const { deviceId, publicKey, role, knock } = session
  if (deviceId === null || publicKey === null) return refuse("device scope upgrade denied: no device identity")
  if (!keepsCurrent(session.scopes, scopes)) {
    return refuse("invalid device.scopes.requestUpgrade params: at /scopes: must include the current scopes")
  }
  const token = await store.db.token.findUnique({
    where: { deviceId_role: { deviceId, role } },
    select: { tokenId: true },
  })
  if (token === null || !session.isAlive()) return refuse("device scope upgrade denied")
  const answer = await askForMore(store, {
    identity: { deviceId, publicKey },
    role,
    scopes,
    auth: { kind: "device-token", secret: store.keys.deriveToken(token.tokenId, deviceId, role) },
    net: knock.net,
    metadata: knock.metadata,
    upstream: false,
    nowMs: store.now(),
  })
  if (!answer.ok) {
    const error = {
      code: "UNAVAILABLE",
      message: "too many requests are waiting for an admin",
      retryable: true,
      retryAfterMs: answer.retryAfterMs,
    } as const
    return { ok: false, error }
  }
  const { decision } = answer
  if (decision.kind === "pending") return { ok: true, payload: { requestId: decision.request.requestId } }
  if (decision.kind === "reject") return refuse(`device scope upgrade denied: ${decision.reason}`)
  return refuse("device scope upgrade not needed: reconnect to use these scopes")
}

const findOwn = (store: Store, session: Session, requestId: string) =>
  store.db.request.findFirst({
    where: { requestId, deviceId: session.deviceId ?? "", publicKey: session.publicKey ?? "", role: session.role },
    select: { status: true, triedAtMs: true },
  })

/** Answers when the request has ended, at the latest when its time is over. */
async function waitUpgrade(store: Store, session: Session, requestId: string): Promise<Reply> {
  for (;;) {
    // Heard from before the look, so that an end in between is not missed.
    const change = hearOf(store, requestId, session.over)
    const row = await findOwn(store, session, requestId)
    if (row === null || session.over.aborted) {
      change.stop()
      return refuse("unknown requestId")
    }
    const { policy } = await store.policy()
    const leftMs = row.status === "pending" ? remainingMs(row, policy, store.now()) : null
    if (leftMs === null) {
      change.stop()
      return answerOf(store, session, requestId, row.status)
    }
    await change.within(leftMs + 1)
  }
}

async function answerOf(store: Store, session: Session, requestId: string, status: string): Promise<Reply> {
  const { deviceId, publicKey, role } = session
  if (status === "pending" || status === "expired") return { ok: true, payload: { status: "expired", requestId } }
  const isGranted = status === "approved" || status === "covered"
  if (!isGranted || deviceId === null || publicKey === null) {
    return { ok: true, payload: { status: "rejected", requestId } }
  }
  const handed = await handOverToken(store, { deviceId, publicKey, role, nowMs: store.now() })
  if (!handed.ok) return { ok: true, payload: { status: "rejected", requestId } }
  return { ok: true, payload: { status: "approved", requestId, deviceToken: handed.secret, scopes: handed.scopes } }
}

/** Hears of the next change of a request, or of the end of the session. */
function hearOf(store: Store, requestId: string, over: AbortSignal) {
  let stop = () => {}
  const changed = new Promise<void>((resolve) => {
    const unsubscribe = store.hub.subscribe((changes) => {
      if (changes.some((change) => change.kind === "missed")) stop()
      if (changes.some((change) => change.kind === "request" && change.requestId === requestId)) stop()
    })
    stop = () => {
      unsubscribe()
      over.removeEventListener("abort", stop)
      resolve()
    }
    over.addEventListener("abort", stop)
  })
  return {
    stop: () => stop(),
    async within(ms: number) {
      const timer = setTimeout(() => stop(), ms)
      await changed
      clearTimeout(timer)
    },
  }
}
