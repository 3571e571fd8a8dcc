const leaseKey = "gatehouse-live-leader"
const renewMs = 2_000
/** Two tabs that claim in the same moment write one after the other; after this time both read who came last. */
const settleMs = 150
/**
 * A leader that has not renewed its lease for longer is gone. The timers of a hidden tab may run once a minute only,
 * so another hidden one waits past that; one that is looked at does not.
 */
const patienceMs = { shown: 6_000, hidden: 150_000 } as const

/** What the choice needs of the tab that it runs in. */
export type Tab = {
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">
  readonly isHidden: () => boolean
  /** Calls `look` whenever there may be news, and `leave` when the page goes away. Returns how to end that. */
  readonly watch: (look: () => void, leave: () => void) => () => void
}

function readLease(storage: Tab["storage"]): { readonly holder: string; readonly atMs: number } | null {
  const [holder = "", at] = storage.getItem(leaseKey)?.split(" ") ?? []
  const atMs = Number(at)
  return Number.isFinite(atMs) ? { holder, atMs } : null
}

/**
 * Chooses one leader among the tabs of a browser by a lease in their storage, and moves the lead to another one when
 * the leader is closed, or silent. For a moment there may be two, never for longer. Not with Web Locks: browsers have
 * none over http from another machine. Returns how to stop taking part.
 */
export function leadByLease(tab: Tab, lead: () => () => void): () => void {
  const own = Math.random().toString(36).slice(2)
  let claimedAtMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let giveUp: (() => void) | null = null

  const follow = () => {
    giveUp?.()
    giveUp = null
  }
  const write = () => tab.storage.setItem(leaseKey, `${own} ${Date.now()}`)
  /** Does what the lease says, and returns when to look again. */
  const act = (): number => {
    const lease = readLease(tab.storage)
    const nowMs = Date.now()
    if (lease?.holder === own) {
      const unsettledMs = claimedAtMs + settleMs - nowMs
      if (unsettledMs > 0) return unsettledMs
      giveUp ??= lead()
      write()
      return renewMs
    }
    follow()
    const patience = tab.isHidden() ? patienceMs.hidden : patienceMs.shown
    // A lease of the future was written by a clock that has been set back since.
    if (lease !== null && Math.abs(nowMs - lease.atMs) <= patience) return renewMs
    claimedAtMs = nowMs
    write()
    return settleMs
  }
  const look = () => {
    clearTimeout(timer)
    timer = setTimeout(look, act())
  }
  const leave = () => {
    clearTimeout(timer)
    follow()
    if (readLease(tab.storage)?.holder === own) tab.storage.removeItem(leaseKey)
  }

  const unwatch = tab.watch(look, leave)
  look()
  return () => {
    unwatch()
    leave()
  }
}

/** Every tab leads while it is looked at: for browsers in which tabs cannot hear of each other. */
export function leadWhileShown(tab: Pick<Tab, "isHidden" | "watch">, lead: () => () => void): () => void {
  let giveUp: (() => void) | null = null
  const leave = () => {
    giveUp?.()
    giveUp = null
  }
  const look = () => {
    if (tab.isHidden()) leave()
    else giveUp ??= lead()
  }
  const unwatch = tab.watch(look, leave)
  look()
  return () => {
    unwatch()
    leave()
  }
}

function watch(look: () => void, leave: () => void): () => void {
  const watching = new AbortController()
  const { signal } = watching
  // A page that was left is hidden afterwards: looking then, it would take the lead that it has just given up.
  let isLeft = false
  const lookIfHere = () => {
    if (!isLeft) look()
  }
  const come = () => {
    isLeft = false
    look()
  }
  const go = () => {
    isLeft = true
    leave()
  }
  window.addEventListener("storage", ({ key }) => (key === leaseKey || key === null) && lookIfHere(), { signal })
  document.addEventListener("visibilitychange", lookIfHere, { signal })
  window.addEventListener("pageshow", come, { signal })
  window.addEventListener("pagehide", go, { signal })
  return () => watching.abort()
}

/** The storage that the tabs share; null where the browser keeps it from the page. */
function sharedStorage(): Storage | null {
  try {
    const storage = window.localStorage
    storage.setItem(`${leaseKey}-probe`, "")
    storage.removeItem(`${leaseKey}-probe`)
    return storage
  } catch {
    return null
  }
}

/**
 * Takes the lead whenever it is this tab's turn. `lead` starts what only one tab of a browser should do and returns
 * how to end it. Where tabs cannot share, those that are looked at lead. Returns how to stop taking part.
 */
export function takeLead(canShare: boolean, lead: () => () => void): () => void {
  const storage = canShare ? sharedStorage() : null
  const isHidden = () => document.hidden
  return storage === null ? leadWhileShown({ isHidden, watch }, lead) : leadByLease({ storage, isHidden, watch }, lead)
}
