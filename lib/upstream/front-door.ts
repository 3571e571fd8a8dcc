import type { Serve, Served } from "@/lib/gateway/gateway"
import { servePairing } from "@/lib/gateway/serve-pairing"
import type { Wire } from "@/lib/gateway/session"
import type { Change } from "@/lib/store/hub"
import { toRole } from "@/lib/store/rows"
import type { Store } from "@/lib/store/store"
import { type UpstreamReport, upstreamOff } from "@/lib/store/upstream-board"
import type { Call } from "./calls"
import type { Target } from "./dial"
import { createDialQueue } from "./dial-queue"
import type { Door } from "./door"
import { createNodeIds } from "./ids"
import { type Link, type LinkOptions, openLink } from "./link"
import { learnIds, removeNodes } from "./nodes"
import { selfTest } from "./self-test"
import { serveNode } from "./serve-node"
import { serveOperator } from "./serve-operator"
import { createSpares } from "./spares"

export type FrontDoor = {
  /** The step after an allow: relays where there is a gateway behind, and serves the pairing methods alone where not. */
  readonly serve: Serve
  /** Whether a gateway behind serves what is let in. */
  readonly isOn: () => boolean
  /** The way to the gateway behind; null where there is none. */
  readonly link: () => Link | null
  readonly close: () => void
}

export type FrontDoorOptions = {
  readonly store: Store
  /** The gateway behind, and who named it; null where there is none. */
  readonly configured: () => Promise<Configured | null>
  readonly limits?: Partial<Limits>
  readonly times?: LinkOptions["times"]
}

export type Configured = { readonly target: Target; readonly source: "environment" | "console" }

type Limits = {
  readonly dialsAtOnce: number
  readonly dialsWaiting: number
  /** Longest wait for a place to dial from, and longest handshake from there. */
  readonly waitMs: number
  readonly dialMs: number
  /** Longest time that a connection opened ahead lies there, and within which a client is taken to have another after it. */
  readonly spareMs: number
}

const defaultLimits: Limits = {
  ...{ dialsAtOnce: 16, dialsWaiting: 512, waitMs: 10_000, dialMs: 10_000 },
  // The real gateway ends one that does not log in within 15 s.
  spareMs: 5_000,
}

type Open = { readonly door: Door; readonly source: Configured["source"] }

/** Opens the way to the gateway behind, and follows when an owner names another one. */
export async function openFrontDoor({ store, configured, limits, times }: FrontDoorOptions): Promise<FrontDoor> {
  const { dialsAtOnce, dialsWaiting, waitMs, dialMs, spareMs } = { ...defaultLimits, ...limits }
  const queue = createDialQueue({ atOnce: dialsAtOnce, most: dialsWaiting, waitMs })
  const ids = createNodeIds()
  const served = new Map<Wire, "relayed" | "alone">()
  let open: Open | null = null

  function doorTo(target: Target): Door {
    const mayOpen = () => link.state().state === "up"
    const spares = createSpares({ url: target.url, queue, timeoutMs: dialMs, keptMs: spareMs, mayOpen })
    const link = openLink(target, {
      ownSecret: () => store.sharedSecret.current(),
      onUp: () => void settleNodes({ learns: true }),
      onChange({ state }) {
        if (state !== "up") spares.drop()
        store.hub.deliver([{ kind: "upstream" }])
      },
      times,
    })
    return { link, queue, spares, ids, dialMs, noteCall }
  }

  function closeDoor() {
    open?.door.link.close()
    open?.door.spares.close()
  }

  function noteCall(deviceId: string | null, { method, missingScope }: Call) {
    if (deviceId === null) return
    store.observed.called({ deviceId, method, refused: missingScope !== null, missingScope, nowMs: store.now() })
  }

  /** Has the nodes removed behind whose keys ended here; learns the ids of the others first where that is asked. */
  async function settleNodes({ learns = false } = {}) {
    try {
      if (learns) await learnIds({ ids }, store)
      if (open !== null) await removeNodes({ link: open.door.link, ids }, store)
    } catch (error) {
      console.error("The nodes could not be settled with the gateway behind:", error)
    }
  }

  /** A relayed connection keeps what it was dialled with, so after an approval its client has to come again. */
  async function bringBack(requestId: string) {
    if (open === null) return
    const request = await store.db.request.findUnique({
      where: { requestId },
      select: { deviceId: true, role: true },
    })
    if (request === null) return
    const { deviceId, role } = request
    store.hub.deliver([{ kind: "sessions-closed", deviceId, role: toRole(role), because: "rights changed" }])
  }

  async function follow() {
    const next = await configured()
    if (isSame(open?.door.link.target ?? null, next?.target ?? null)) return
    closeDoor()
    // Whoever is connected was served by what was there before, and has to come again.
    for (const wire of served.keys()) wire.close(1012, "service restart")
    open = next === null ? null : { source: next.source, door: doorTo(next.target) }
    store.hub.deliver([{ kind: "upstream" }])
  }

  function report(): UpstreamReport {
    const relays = [...served.values()].filter((how) => how === "relayed").length
    const counts = { relays, waiting: queue.waiting() }
    if (open === null) return { ...upstreamOff, ...counts }
    const { link } = open.door
    return { ...link.state(), ...counts, url: link.target.url, source: open.source, latency: link.latency() }
  }

  await follow()
  const unsubscribe = store.hub.subscribe((changes) => {
    if (changes.some(mayEndKey)) void settleNodes()
    for (const change of changes) {
      if (change.kind === "request" && change.status === "approved") void bringBack(change.requestId)
    }
    if (changes.some((change) => change.kind === "upstream" || change.kind === "missed")) {
      void settleNodes({ learns: true })
      follow().catch((error: unknown) => console.error("The gateway behind could not be looked up:", error))
    }
  })
  store.upstream.connect({
    report,
    check: async (candidate) => {
      const ownSecret = store.sharedSecret.current()
      return (await selfTest(candidate, { timeoutMs: dialMs, ownSecret })).steps
    },
  })

  return {
    isOn: () => open !== null,
    link: () => open?.door.link ?? null,
    serve(gateway, admitted, wire) {
      // It was decided about by other rules than those of what would serve it: switched on or off in that moment.
      if (admitted.hadUpstream !== (open !== null)) {
        wire.close(1012, "service restart")
        return { receive: () => {}, ended: () => {} }
      }
      const { receive, ended } = serveBy(open, gateway, admitted, wire)
      served.set(wire, open === null ? "alone" : "relayed")
      return {
        receive,
        ended() {
          served.delete(wire)
          ended()
        },
      }
    },
    close() {
      unsubscribe()
      closeDoor()
    },
  }
}

/** Whether the key of a node may have ended with a change. */
function mayEndKey(change: Change): boolean {
  return change.kind === "device" && endsKeys.includes(change.what)
}

const endsKeys: readonly string[] = ["paired", "removed", "rights", "blocked"]

function serveBy(open: Open | null, ...given: Parameters<Serve>): Served {
  if (open === null) return servePairing(...given)
  const [, { decision }] = given
  return decision.role === "node" ? serveNode(open.door, ...given) : serveOperator(open.door, ...given)
}

function isSame(one: Target | null, other: Target | null): boolean {
  if (one === null || other === null) return one === other
  return one.url === other.url && one.secret.kind === other.secret.kind && one.secret.value === other.secret.value
}
