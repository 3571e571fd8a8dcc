import { setTimeout as pause } from "node:timers/promises"
import type { CheckStep, Latency, UpstreamState } from "@/lib/store/upstream-board"
import { backendParams } from "./backend"
import { type DialFailure, dial, type Target } from "./dial"
import { failureText } from "./failure-text"
import type { UpstreamResponse } from "./frames"
import { createLatency } from "./latency"
import { createRequester, type Requester } from "./requester"
import { selfTest } from "./self-test"

/** What is known of the gateway behind at this moment. */
export type LinkState = {
  readonly state: Exclude<UpstreamState, "off">
  readonly sinceMs: number
  readonly reason: string | null
  readonly version: string | null
  readonly startedAtMs: number | null
  readonly steps: readonly CheckStep[]
}

export type Link = {
  readonly target: Target
  readonly state: () => LinkState
  /** Resolves when it was looked at for the first time, whatever was found. */
  readonly settled: Promise<void>
  readonly latency: () => Latency | null
  /** Asks as this gateway itself, with admin; null when there is no answer. */
  readonly request: (method: string, params: unknown) => Promise<UpstreamResponse | null>
  /** Something was seen on a relay that must not be: nobody is served until it was looked at again. */
  readonly distrust: (reason: string) => void
  /** A dial for a client failed in a way that concerns everybody. */
  readonly suspect: (failure: DialFailure) => void
  readonly close: () => void
}

export type LinkOptions = {
  readonly ownSecret: () => string
  /** Told after every change of the state. */
  readonly onChange: (state: LinkState) => void
  /** Told each time the link is up, before anybody is served. */
  readonly onUp: () => void
  readonly times?: Partial<LinkTimes> | undefined
}

type LinkTimes = {
  readonly dialMs: number
  readonly answerMs: number
  readonly firstRetryMs: number
  readonly longestRetryMs: number
  /** Between two looks at a gateway that answers but must not be used. */
  readonly distrustMs: number
  readonly measureMs: number
}

const defaultTimes: LinkTimes = {
  dialMs: 5_000,
  answerMs: 10_000,
  firstRetryMs: 250,
  longestRetryMs: 5_000,
  distrustMs: 15_000,
  measureMs: 5_000,
}

const admin = ["operator.admin"]

/**
 * The one connection of our own with the gateway behind: looks at it before anybody is served through it, and again
 * after every reconnect; says whether it is up; gives the commands that nodes need there. Reconnects by itself until
 * it is closed.
 */
export function openLink(target: Target, options: LinkOptions): Link {
  const times = { ...defaultTimes, ...options.times }
  const ending = new AbortController()
  const latency = createLatency()
  let current: LinkState = {
    ...{ state: "connecting", sinceMs: Date.now(), reason: null, version: null, startedAtMs: null, steps: [] },
  }
  let requester: Requester | null = null
  let wake: AbortController | null = null
  let settle = () => {}
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })

  function change(next: Partial<LinkState> & Pick<LinkState, "state" | "reason">) {
    const isNew = next.state !== current.state || next.reason !== current.reason
    current = { ...current, ...next, sinceMs: isNew ? Date.now() : current.sinceMs }
    settle()
    if (isNew) options.onChange(current)
  }

  function fail(failure: DialFailure, steps: readonly CheckStep[] = current.steps) {
    const reason = failureText(failure)
    if (failure.kind === "wrong-secret") return change({ state: "wrong-secret", reason, steps })
    change({ state: failure.kind === "busy" ? "restarting" : "down", reason, steps })
  }

  /** One life of the connection: looked at, up, and down again. Tells how long to wait before the next. */
  async function live(): Promise<number | null> {
    const test = await selfTest(target, {
      timeoutMs: times.dialMs,
      ownSecret: options.ownSecret(),
      signal: ending.signal,
    })
    const bad = test.steps.find(({ result }) => result === "bad")
    if (test.failure !== null) {
      fail(test.failure, test.steps)
      return test.failure.kind === "wrong-secret" ? times.distrustMs : null
    }
    if (bad !== undefined) {
      change({ state: "unsafe", reason: bad.found, steps: test.steps })
      return times.distrustMs
    }
    const dialled = await dial(target, {
      scopes: admin,
      timeoutMs: times.dialMs,
      signal: ending.signal,
      compose: () => backendParams(target, { scopes: admin, displayName: "gatehouse" }),
    })
    if (!dialled.ok) {
      fail(dialled.failure)
      return null
    }
    const { socket, hello } = dialled
    let isRestarting = false
    requester = createRequester(socket, times.answerMs, (text) => {
      if (text.startsWith('{"type":"event","event":"shutdown"')) isRestarting = true
    })
    const startedAtMs = startedAt(hello.snapshot)
    options.onUp()
    change({ state: "up", reason: null, version: hello.server.version, startedAtMs, steps: test.steps })
    const stopMeasuring = measure(requester)
    const close = await socket.closed
    stopMeasuring()
    requester = null
    latency.clear()
    if (current.state === "unsafe") return times.distrustMs
    const restarts = isRestarting || close.code === 1012 || close.code === 1013
    change({
      state: restarts ? "restarting" : "down",
      reason: restarts ? "It is restarting." : "It closed the connection.",
    })
    return 0
  }

  function measure({ request }: Requester): () => void {
    const timer = setInterval(async () => {
      const startedMs = performance.now()
      const answer = await request("node.list", {})
      if (answer?.ok === true) latency.add(performance.now() - startedMs)
    }, times.measureMs)
    timer.unref()
    return () => clearInterval(timer)
  }

  async function run() {
    let retryMs = times.firstRetryMs
    while (!ending.signal.aborted) {
      const waitMs = await live()
      if (ending.signal.aborted) return
      retryMs = waitMs === 0 ? times.firstRetryMs : Math.min(retryMs * 2, times.longestRetryMs)
      wake = new AbortController()
      await pause(waitMs ?? retryMs, undefined, { signal: AbortSignal.any([ending.signal, wake.signal]) }).catch(
        () => {},
      )
    }
  }

  void run().catch((error: unknown) => console.error("The link to the gateway behind broke:", error))
  return {
    target,
    state: () => current,
    settled,
    latency: latency.read,
    request: async (method, params) => requester?.request(method, params) ?? null,
    distrust(reason) {
      change({ state: "unsafe", reason })
      requester?.close()
    },
    suspect(failure) {
      if (current.state !== "up") return
      switch (failure.kind) {
        case "given-up":
        case "busy":
          return
        case "pairing-required":
          // About one node: another one may be well.
          return console.error(`The gateway behind does not take a node: ${failureText(failure)}`)
        case "wrong-secret":
          change({ state: "wrong-secret", reason: failureText(failure) })
          return requester?.close()
        case "unreachable":
        case "late":
        case "refused":
          // Looked at afresh: its own socket may not know yet that the other side is gone, or has changed.
          return requester?.close()
      }
    },
    close() {
      settle()
      ending.abort()
      requester?.close()
    },
  }
}

function startedAt(snapshot: unknown): number | null {
  const uptimeMs = typeof snapshot === "object" && snapshot !== null ? Reflect.get(snapshot, "uptimeMs") : null
  return typeof uptimeMs === "number" ? Date.now() - uptimeMs : null
}
