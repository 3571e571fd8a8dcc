import { type Challenged, openChallenged } from "./dial"
import type { DialQueue } from "./dial-queue"

/** Connections with the gateway behind that were opened ahead of the clients that will need them. */
export type Spares = {
  /** One that is capped to exactly these scopes, if there is one. Whoever takes it closes it. */
  readonly take: (scopes: readonly string[]) => Challenged | null
  /** A client was let in with these scopes. The second one in a short time has a connection opened for the next. */
  readonly served: (scopes: readonly string[]) => void
  /** Closes all that lie here. */
  readonly drop: () => void
  /** Closes them for good. */
  readonly close: () => void
}

type Options = {
  readonly url: string
  readonly queue: Pick<DialQueue, "lend">
  readonly timeoutMs: number
  /** How long one lies here, and how long after a client the next one is awaited. */
  readonly keptMs: number
  /** Whether the gateway behind may be used now. */
  readonly mayOpen: () => boolean
}

type Spare = { challenged: Challenged | null; readonly leave: () => void; readonly end: () => void }

const most = 2
const capsRemembered = 64
const unused = "opened ahead, and no client came"

/**
 * Opens connections ahead where clients come one after another, up to their challenge and not a word further: what is
 * granted is decided first, and only a client that was granted exactly the scopes that cap one is given it.
 */
export function createSpares({ url, queue, timeoutMs, keptMs, mayOpen }: Options): Spares {
  const spares = new Map<string, Spare>()
  const lastServedMs = new Map<string, number>()
  let isClosed = false

  function open(cap: string, scopes: readonly string[]) {
    const ending = new AbortController()
    const leave = () => {
      if (spares.get(cap) !== spare) return
      spares.delete(cap)
      clearTimeout(timer)
      giveBack?.()
    }
    const end = () => {
      if (spares.get(cap) !== spare) return
      leave()
      ending.abort()
      spare.challenged?.socket.close(1000, unused)
    }
    const spare: Spare = { challenged: null, leave, end }
    const giveBack = queue.lend(end)
    if (giveBack === null) return
    spares.set(cap, spare)
    const timer = setTimeout(end, keptMs)
    timer.unref()
    void openChallenged({ url }, { scopes, timeoutMs, signal: ending.signal }).then((opened) => {
      if (!opened.ok) return end()
      if (ending.signal.aborted) return opened.socket.close(1000, unused)
      spare.challenged = opened
      void opened.socket.closed.then(end)
    })
  }

  /** Whether a client came in with this cap a short time ago; from now on one did. */
  function cameBefore(cap: string): boolean {
    const nowMs = performance.now()
    const lastMs = lastServedMs.get(cap)
    lastServedMs.delete(cap)
    lastServedMs.set(cap, nowMs)
    const [oldest] = lastServedMs.keys()
    if (lastServedMs.size > capsRemembered && oldest !== undefined) lastServedMs.delete(oldest)
    return lastMs !== undefined && nowMs - lastMs <= keptMs
  }

  function drop() {
    for (const spare of spares.values()) spare.end()
  }

  return {
    take(scopes) {
      const spare = spares.get(scopes.join())
      if (!spare?.challenged) return null
      spare.leave()
      return spare.challenged
    },
    served(scopes) {
      const cap = scopes.join()
      if (!cameBefore(cap) || isClosed || spares.has(cap) || !mayOpen()) return
      const [oldest] = spares.values()
      if (spares.size >= most) oldest?.end()
      open(cap, scopes)
    },
    drop,
    close() {
      isClosed = true
      drop()
    },
  }
}
