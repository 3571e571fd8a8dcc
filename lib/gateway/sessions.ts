import { createHash } from "node:crypto"
import { actsOnOwnOrAny } from "@/lib/pairing/authority"
import { mayWatch } from "@/lib/pairing/may-call"
import type { Role } from "@/lib/pairing/types"
import type { Change } from "@/lib/store/hub"
import type { LiveConnection } from "@/lib/store/presence"
import type { Store } from "@/lib/store/store"
import { announce } from "./announce"
import type { Session } from "./session"

/** A connect that is being decided, so that a revocation in that very moment is not missed. */
export type Arrival = { readonly isCutOff: () => boolean; readonly done: () => void }

export type Sessions = {
  /** `calls` tells what the session called within the last hour, where that is counted. */
  readonly add: (session: Session, client: string | null, nowMs: number, calls?: LiveConnection["calls"]) => void
  readonly drop: (session: Session) => void
  readonly expect: (deviceId: string) => Arrival
  /** Sends an event to every live session. */
  readonly tell: (event: string, payload: unknown) => void
  /** Sends an event about a device to those who may see it. */
  readonly tellWatchers: (deviceId: string, event: string, payload: unknown) => void
  readonly hasWatchers: () => boolean
  /** Closes everything and hears no more changes. */
  readonly close: (code: number, reason: string) => void
}

// A restart, and not 4001: the client keeps its token and comes back by itself.
const disconnected = [1012, "disconnected by an admin"] as const
const missed = [1012, "service restart"] as const

/** A name for the shared secret that does not tell it. */
export function secretGeneration(secret: string): string {
  return createHash("sha256").update(`gatehouse.generation|${secret}`).digest("base64url")
}

/**
 * The live sessions of this process. Closes those that a change concerns, on whichever process it was made, and
 * passes on what happened to requests and devices.
 */
export function createSessions(store: Store): Sessions {
  const live = new Set<Session>()
  // Those of them that may see events about devices.
  const watchers = new Set<Session>()
  const arrivals = new Set<{ deviceId: string; cut: boolean }>()

  const sessions: Sessions = {
    add(session, client, nowMs, calls) {
      const { connId, deviceId, role, scopes, address } = session
      live.add(session)
      if (mayWatch(session)) watchers.add(session)
      store.presence.add({ connId, deviceId, role, scopes, address, client, sinceMs: nowMs, calls })
      store.hub.deliver([{ kind: "presence", deviceId, online: true }])
    },
    drop(session) {
      if (!live.delete(session)) return
      watchers.delete(session)
      session.end()
      store.presence.drop(session.connId)
      const { deviceId } = session
      const online = deviceId !== null && store.presence.isOnlineHere(deviceId)
      store.hub.deliver([{ kind: "presence", deviceId, online }])
    },
    expect(deviceId) {
      const arrival = { deviceId, cut: false }
      arrivals.add(arrival)
      return { isCutOff: () => arrival.cut, done: () => void arrivals.delete(arrival) }
    },
    tell(event, payload) {
      for (const session of live) session.broadcast(event, payload)
    },
    tellWatchers(deviceId, event, payload) {
      for (const session of watchers) {
        if (actsOnOwnOrAny(session.authority, deviceId)) session.broadcast(event, payload)
      }
    },
    hasWatchers: () => watchers.size > 0,
    close(code, reason) {
      unsubscribe()
      for (const session of live) session.cutOff(code, reason)
    },
  }

  function closeSessions(deviceId: string, role: Role | null, because: string) {
    for (const arrival of arrivals) if (arrival.deviceId === deviceId) arrival.cut = true
    for (const session of live) {
      if (session.deviceId === deviceId && (role === null || session.role === role)) session.cutOff(4001, because)
    }
  }

  function disconnect(connId: string) {
    for (const session of live) if (session.connId === connId) session.cutOff(...disconnected)
  }

  function closeOldSecret() {
    const generation = secretGeneration(store.sharedSecret.current())
    for (const session of live) {
      const isOld = session.secretGeneration !== null && session.secretGeneration !== generation
      if (isOld) session.cutOff(4001, "gateway auth changed")
    }
  }

  /** Whose rights are still the same cannot be told; they come back by themselves and are judged anew. */
  function closeAll() {
    for (const arrival of arrivals) arrival.cut = true
    for (const session of live) session.cutOff(...missed)
  }

  function hear(change: Change) {
    if (change.kind === "sessions-closed") closeSessions(change.deviceId, change.role, change.because)
    if (change.kind === "session-disconnected") disconnect(change.connId)
    if (change.kind === "settings") closeOldSecret()
    if (change.kind === "missed") closeAll()
  }

  const passOn = announce(store, sessions)
  const unsubscribe = store.hub.subscribe((changes) => {
    for (const change of changes) hear(change)
    passOn(changes)
  })
  return sessions
}
