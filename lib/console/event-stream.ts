import "server-only"
import { adminOf, type CurrentAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import type { Change } from "@/lib/store/hub"
import type { Store } from "@/lib/store/store"

/** Changes of one moment travel together, so that a burst of them asks for each list once. */
const gatherMs = 100
const beatMs = 10_000
/** More than this at once is told as "everything": asking again is cheaper than saying what. */
const mostAtOnce = 256
const longestTimerMs = 2 ** 31 - 1

/** Whether an admin may learn of a change. Settings and other people's sessions are for owners. */
export function mayHear(admin: Pick<CurrentAdmin, "adminId" | "role">, change: Change): boolean {
  switch (change.kind) {
    case "request":
      return hasCapability(admin.role, "requests.see")
    case "device":
    case "sessions-closed":
    case "session-disconnected":
    case "presence":
      return hasCapability(admin.role, "devices.see")
    case "policy":
      return hasCapability(admin.role, "policy.see")
    case "audit":
      return hasCapability(admin.role, "audit.see")
    case "settings":
      return hasCapability(admin.role, "settings.see")
    // Every page says when the gateway behind is down.
    case "upstream":
      return hasCapability(admin.role, "gateway.see")
    // Not told: the stream ends, and the page that comes back asks for everything.
    case "missed":
      return false
    case "admin-session":
      return change.adminId === admin.adminId || hasCapability(admin.role, "admins.see")
  }
}

function concerns(admin: CurrentAdmin, change: Change): boolean {
  return (
    change.kind === "admin-session" &&
    change.adminId === admin.adminId &&
    (change.sessionId === null || change.sessionId === admin.sessionId)
  )
}

/**
 * The server-sent events of one signed-in admin: what changed, never the rows themselves. It ends, with a last event
 * `ended`, as soon as the session is over or the admin's role has changed: the hub tells, and every beat looks again.
 */
export function openEventStream(store: Store, headers: Headers, admin: CurrentAdmin): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const waiting = new Map<string, Change>()
  const endings: (() => void)[] = []

  return new ReadableStream({
    async start(controller) {
      let isOpen = true
      const send = (event: string, body: unknown) => {
        if (isOpen) controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(body)}\n\n`))
      }
      const stop = () => {
        isOpen = false
        for (const end of endings.splice(0)) end()
      }
      endings.push(() => {
        isOpen = false
      })
      const close = (last: "ended" | null) => {
        if (!isOpen) return
        if (last !== null) send(last, {})
        stop()
        controller.close()
      }
      const look = async () => {
        try {
          const now = await adminOf(headers)
          if (now === null || now.role !== admin.role) close("ended")
        } catch (error) {
          // Who this is cannot be told, so nothing more is said; the page comes back and asks to be let in again.
          console.error("An event stream could not look at its session:", error)
          close(null)
        }
      }
      const flush = () => {
        const isEverything = waiting.size > mostAtOnce
        send("changes", isEverything ? { everything: true, changes: [] } : { changes: [...waiting.values()] })
        waiting.clear()
      }

      let gathering: ReturnType<typeof setTimeout> | undefined
      const unsubscribe = store.hub.subscribe((changes) => {
        if (changes.some((change) => change.kind === "missed")) return close(null)
        if (changes.some((change) => concerns(admin, change))) void look()
        for (const change of changes) if (mayHear(admin, change)) waiting.set(JSON.stringify(change), change)
        if (waiting.size === 0 || gathering !== undefined) return
        gathering = setTimeout(() => {
          gathering = undefined
          flush()
        }, gatherMs)
      })
      const beat = setInterval(() => {
        send("beat", { nowMs: store.now() })
        void look()
      }, beatMs)
      endings.push(
        unsubscribe,
        () => clearTimeout(gathering),
        () => clearInterval(beat),
      )

      controller.enqueue(encoder.encode("retry: 2000\n\n"))
      send("beat", { nowMs: store.now() })
      const row = await store.db.adminSession.findUnique({
        where: { sessionId: admin.sessionId },
        select: { expiresAtMs: true },
      })
      if (!isOpen) return
      const lifeMs = (row?.expiresAtMs ?? 0) - store.now()
      const expiry = setTimeout(() => void look(), Math.min(Math.max(lifeMs, 0) + 1, longestTimerMs))
      endings.push(() => clearTimeout(expiry))
    },
    cancel() {
      for (const end of endings.splice(0)) end()
    },
  })
}
