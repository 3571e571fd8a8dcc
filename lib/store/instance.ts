import type { Store } from "./store"

// server.ts and Next bundle their own copies of this module, so what must exist once lives on globalThis.
declare global {
  var gatehouseStore: Store | undefined
}

/** Makes a store the one of this process, for both module graphs. Called once by server.ts, a tool or a test. */
export function installStore(store: Store): void {
  globalThis.gatehouseStore = store
}

/** The store of this process. Throws when none was installed. */
export function currentStore(): Store {
  const store = globalThis.gatehouseStore
  if (store === undefined) throw new Error("No store is installed: call installStore first.")
  return store
}

/** Now, by the clock that all processes share. */
export function now(): number {
  return currentStore().now()
}
