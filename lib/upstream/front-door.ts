import type { Gateway, Serve } from "@/lib/gateway/gateway"
import { servePairing } from "@/lib/gateway/serve-pairing"
import type { Store } from "@/lib/store/store"
import type { UpstreamReport } from "@/lib/store/upstream-board"
import type { Target } from "./dial"
import { createDialQueue } from "./dial-queue"
import type { Door } from "./door"
import { createNodeIds } from "./ids"
import { type Link, type LinkOptions, openLink } from "./link"
import { selfTest } from "./self-test"
import { serveOperator } from "./serve-operator"

export type FrontDoor = {
  /** The step after an allow: relays where there is a gateway behind, and serves the pairing methods alone where not. */
  readonly serve: Serve
  /** Whether a gateway behind serves what is let in. */
  readonly isOn: () => boolean
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

type Limits = { readonly dialsAtOnce: number; readonly dialsWaiting: number; readonly dialMs: number }

const defaultLimits: Limits = { dialsAtOnce: 16, dialsWaiting: 512, dialMs: 10_000 }

type Open = { readonly door: Door; readonly source: Configured["source"] }

/** Opens the way to the gateway behind, and follows when an owner names another one. */
export async function openFrontDoor({ store, configured, limits, times }: FrontDoorOptions): Promise<FrontDoor> {
  const { dialsAtOnce, dialsWaiting, dialMs } = { ...defaultLimits, ...limits }
  const queue = createDialQueue({ atOnce: dialsAtOnce, most: dialsWaiting })
  const ids = createNodeIds()
  const relays = new Set<object>()
  let open: Open | null = null

  function linkTo(target: Target): Link {
    return openLink(target, {
      ownSecret: () => store.sharedSecret.current(),
      onUp: () => {},
      onChange: () => store.hub.deliver([{ kind: "upstream" }]),
      times,
    })
  }

  async function follow() {
    const next = await configured()
    if (isSame(open?.door.link.target ?? null, next?.target ?? null)) return
    open?.door.link.close()
    open =
      next === null
        ? null
        : { source: next.source, door: { link: linkTo(next.target), queue, ids, dialMs, noteCall: () => {} } }
    store.hub.deliver([{ kind: "upstream" }])
  }

  function report(): UpstreamReport {
    const counts = { relays: relays.size, waiting: queue.waiting() }
    if (open === null) return { ...offReport, ...counts }
    const { link } = open.door
    return { ...link.state(), ...counts, url: link.target.url, source: open.source, latency: link.latency() }
  }

  await follow()
  const unsubscribe = store.hub.subscribe((changes) => {
    if (changes.some((change) => change.kind === "settings")) {
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
    serve(gateway: Gateway, admitted, wire) {
      if (open === null || admitted.decision.role !== "operator") return servePairing(gateway, admitted, wire)
      const served = serveOperator(open.door, gateway, admitted, wire)
      relays.add(served)
      return {
        receive: served.receive,
        ended() {
          relays.delete(served)
          served.ended()
        },
      }
    },
    close() {
      unsubscribe()
      open?.door.link.close()
    },
  }
}

const offReport: UpstreamReport = {
  ...{ state: "off", url: null, source: null, sinceMs: 0, reason: null, version: null, startedAtMs: null },
  ...{ latency: null, relays: 0, waiting: 0, steps: [] },
}

function isSame(one: Target | null, other: Target | null): boolean {
  if (one === null || other === null) return one === other
  return one.url === other.url && one.secret.kind === other.secret.kind && one.secret.value === other.secret.value
}
