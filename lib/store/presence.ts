import type { Role, Scopes } from "@/lib/pairing/types"

/** How often one connection called one method. */
export type CallCount = {
  readonly method: string
  readonly count: number
  /** Refused for want of a scope. */
  readonly refused: number
  readonly missingScope: string | null
}

/** One live socket of a device, as the console shows it. */
export type LiveConnection = {
  readonly connId: string
  readonly deviceId: string | null
  readonly role: Role
  readonly scopes: Scopes
  readonly address: string
  readonly client: string | null
  readonly sinceMs: number
  /** What it called within the last hour, the most called first; absent where nobody counts. */
  readonly calls?: ((nowMs: number) => readonly CallCount[]) | undefined
}

/** Who is connected now, kept by the gateway in memory. */
export type Presence = {
  add(connection: LiveConnection): void
  drop(connId: string): void
  /** All live sockets, or those of one device. */
  list(deviceId?: string): readonly LiveConnection[]
  isOnline(deviceId: string): boolean
  count(): number
  /** A peer that sent forwarding headers; kept so that the settings can show proxies that nobody declared. */
  noteProxy(address: string, declared: boolean): void
  proxiesSeen(): readonly { readonly address: string; readonly declared: boolean }[]
}

/** Most distinct proxies remembered; further ones are not shown. */
const maxProxies = 64

/** An empty presence. It holds no more than the sockets that were added and not dropped. */
export function createPresence(): Presence {
  const byId = new Map<string, LiveConnection>()
  const byDevice = new Map<string, Map<string, LiveConnection>>()
  const proxies = new Map<string, boolean>()
  return {
    add(connection) {
      byId.set(connection.connId, connection)
      if (connection.deviceId === null) return
      const own = byDevice.get(connection.deviceId) ?? new Map<string, LiveConnection>()
      own.set(connection.connId, connection)
      byDevice.set(connection.deviceId, own)
    },
    drop(connId) {
      const deviceId = byId.get(connId)?.deviceId ?? null
      byId.delete(connId)
      if (deviceId === null) return
      const own = byDevice.get(deviceId)
      own?.delete(connId)
      if (own?.size === 0) byDevice.delete(deviceId)
    },
    list: (deviceId) => [...(deviceId === undefined ? byId : (byDevice.get(deviceId) ?? new Map())).values()],
    isOnline: (deviceId) => byDevice.has(deviceId),
    count: () => byId.size,
    noteProxy(address, declared) {
      if (proxies.has(address) || proxies.size < maxProxies) proxies.set(address, declared)
    },
    proxiesSeen: () => [...proxies].map(([address, declared]) => ({ address, declared })),
  }
}
