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
  /** What it called within the last hour, the most called first; absent where nobody counts, or another process does. */
  readonly calls?: ((nowMs: number) => readonly CallCount[]) | undefined
}

export type PresenceCounts = {
  readonly connections: number
  /** A device with several connections counts once; one without a device, each time. */
  readonly devices: number
}

/** What the other processes hold, read when it is asked for. */
export type OtherConnections = {
  list(): Promise<readonly LiveConnection[]>
  of(deviceId: string): Promise<readonly LiveConnection[]>
  among(deviceIds: readonly string[]): Promise<readonly string[]>
  /** Devices that this process holds too are not counted among theirs. */
  counts(): Promise<PresenceCounts>
}

/** Connections that came and went since the last time that somebody asked. */
export type Moves = { readonly came: readonly LiveConnection[]; readonly went: readonly LiveConnection[] }

/** Who is connected now: to this process, kept in memory, and to the others. */
export type Presence = {
  add(connection: LiveConnection): void
  drop(connId: string): void
  /** The sockets of this process. */
  listHere(): readonly LiveConnection[]
  isOnlineHere(deviceId: string): boolean
  /** The sockets of every process. */
  list(): Promise<readonly LiveConnection[]>
  /** Those of one device. */
  of(deviceId: string): Promise<readonly LiveConnection[]>
  /** Which of some devices are connected, on whichever process. */
  among(deviceIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Every device that is connected. */
  devices(): Promise<ReadonlySet<string>>
  counts(): Promise<PresenceCounts>
  /** Some of what moved at this process, for whoever tells the others; nobody collects it where there are none. */
  takeMoves(most: number): Moves
  /** What could not be told is to be told again. */
  giveBack(moves: Moves): void
  /** Has everything told that is connected now: nothing of it is known any more. */
  tellAfresh(): void
  /** A peer that sent forwarding headers; kept so that the settings can show proxies that nobody declared. */
  noteProxy(address: string, declared: boolean): void
  proxiesSeen(): readonly { readonly address: string; readonly declared: boolean }[]
}

/** Most distinct proxies remembered; further ones are not shown. */
const maxProxies = 64

/**
 * An empty presence. It holds no more than the sockets that were added and not dropped, and where there are other
 * processes, what they have not been told of yet.
 */
export function createPresence(others: OtherConnections | null = null): Presence {
  const byId = new Map<string, LiveConnection>()
  const byDevice = new Map<string, Map<string, LiveConnection>>()
  const proxies = new Map<string, boolean>()
  const came = new Map<string, LiveConnection>()
  const went = new Map<string, LiveConnection>()

  const presence: Presence = {
    add(connection) {
      byId.set(connection.connId, connection)
      if (others !== null) came.set(connection.connId, connection)
      if (connection.deviceId === null) return
      const own = byDevice.get(connection.deviceId) ?? new Map<string, LiveConnection>()
      own.set(connection.connId, connection)
      byDevice.set(connection.deviceId, own)
    },
    drop(connId) {
      const connection = byId.get(connId)
      if (connection === undefined) return
      byId.delete(connId)
      // One that came and went in between was never told of.
      if (others !== null && !came.delete(connId)) went.set(connId, connection)
      if (connection.deviceId === null) return
      const own = byDevice.get(connection.deviceId)
      own?.delete(connId)
      if (own?.size === 0) byDevice.delete(connection.deviceId)
    },
    listHere: () => [...byId.values()],
    isOnlineHere: (deviceId) => byDevice.has(deviceId),
    list: async () => [...byId.values(), ...((await others?.list()) ?? [])],
    of: async (deviceId) => [
      ...(byDevice.get(deviceId) ?? new Map()).values(),
      ...((await others?.of(deviceId)) ?? []),
    ],
    async among(deviceIds) {
      const elsewhere = deviceIds.filter((deviceId) => !byDevice.has(deviceId))
      const found = new Set(elsewhere.length === 0 ? [] : await others?.among(elsewhere))
      return new Set(deviceIds.filter((deviceId) => byDevice.has(deviceId) || found.has(deviceId)))
    },
    devices: async () => new Set((await presence.list()).flatMap(({ deviceId }) => deviceId ?? [])),
    async counts() {
      const elsewhere = (await others?.counts()) ?? { connections: 0, devices: 0 }
      const withoutDevice = [...byId.values()].filter(({ deviceId }) => deviceId === null).length
      return {
        connections: byId.size + elsewhere.connections,
        devices: byDevice.size + withoutDevice + elsewhere.devices,
      }
    },
    takeMoves(most) {
      const moves = { came: [...came.values()].slice(0, most), went: [...went.values()].slice(0, most) }
      for (const { connId } of moves.came) came.delete(connId)
      for (const { connId } of moves.went) went.delete(connId)
      return moves
    },
    giveBack(moves) {
      for (const connection of moves.came) if (byId.has(connection.connId)) came.set(connection.connId, connection)
      for (const connection of [...moves.came, ...moves.went]) {
        if (!byId.has(connection.connId)) went.set(connection.connId, connection)
      }
    },
    tellAfresh() {
      came.clear()
      went.clear()
      for (const [connId, connection] of byId) came.set(connId, connection)
    },
    noteProxy(address, declared) {
      if (proxies.has(address) || proxies.size < maxProxies) proxies.set(address, declared)
    },
    proxiesSeen: () => [...proxies].map(([address, declared]) => ({ address, declared })),
  }
  return presence
}
