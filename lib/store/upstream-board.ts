/** How this gateway stands to the one behind it. */
export type UpstreamState =
  /** There is none: this gateway serves the pairing methods alone. */
  | "off"
  | "connecting"
  | "up"
  | "restarting"
  | "down"
  | "wrong-secret"
  /** It answers, but grants more than it is asked, or lets others in: nobody is served through it. */
  | "unsafe"

/** What is looked at before anybody is served through a gateway. The order is that of the check. */
export type CheckName =
  | "loopback"
  | "reachable"
  | "secret-needed"
  | "secret-right"
  | "release"
  | "scopes-kept"
  | "header-kept"
  | "methods-kept"
  | "auto-approve-off"
  | "own-secret"

/** One thing that was looked at, with what was found. */
export type CheckStep = {
  readonly name: CheckName
  /** `advice` serves all the same; `skipped` was not reached. */
  readonly result: "good" | "advice" | "bad" | "skipped"
  /** What was found, in one sentence; empty where the name says it all. */
  readonly found: string
}

export type Latency = { readonly p50Ms: number; readonly p95Ms: number; readonly samples: number }

export type UpstreamReport = {
  readonly state: UpstreamState
  readonly url: string | null
  readonly source: "environment" | "console" | null
  /** Since when it is in this state. */
  readonly sinceMs: number
  /** Why it is not up, in one sentence. */
  readonly reason: string | null
  readonly version: string | null
  /** When it was started, by its own word. */
  readonly startedAtMs: number | null
  readonly latency: Latency | null
  /** Connections that are relayed now, and those that wait for their turn to be dialled. */
  readonly relays: number
  readonly waiting: number
  readonly steps: readonly CheckStep[]
}

/** Where a gateway may be, as an owner typed it. */
export type UpstreamCandidate = {
  readonly url: string
  readonly secret: { readonly kind: "token" | "password"; readonly value: string }
}

type Source = {
  readonly report: () => UpstreamReport
  readonly check: (candidate: UpstreamCandidate) => Promise<readonly CheckStep[]>
}

/** What the console sees of the gateway behind. The part of the server that dials it hangs itself in here. */
export type UpstreamBoard = Source & { readonly connect: (source: Source) => void }

/** What is said where there is no gateway behind. */
export const upstreamOff: UpstreamReport = {
  ...{ state: "off", url: null, source: null, sinceMs: 0, reason: null, version: null, startedAtMs: null },
  ...{ latency: null, relays: 0, waiting: 0, steps: [] },
}

/** A board that says `off` until somebody hangs something in. */
export function createUpstreamBoard(): UpstreamBoard {
  let source: Source = { report: () => upstreamOff, check: async () => [] }
  return {
    report: () => source.report(),
    check: (candidate) => source.check(candidate),
    connect(next) {
      source = next
    },
  }
}
