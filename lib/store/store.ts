import { join } from "node:path"
import { type AuditAnchor, openAnchor } from "./audit-anchor"
import { startChores } from "./chores"
import { type Database, type Dialect, databaseLocation, openDatabase } from "./client"
import { createCurrentPolicy, type PolicyNow } from "./current-policy"
import { createHub, type Hub } from "./hub"
import { checkServerKey } from "./key-check"
import type { Keys } from "./keys"
import { migrate } from "./migrate"
import { createObserved, type Observed } from "./observed"
import type { Presence } from "./presence"
import type { Processes, ProcessRole } from "./processes"
import { keepSecretFile } from "./secret-file"
import { openSharedSecret, type SharedSecret } from "./shared-secret"
import { openTogether, type Together } from "./together"
import { createUpstreamBoard, type UpstreamBoard } from "./upstream-board"

/** Where this gateway listens and what stands before it, for the console to show and for locality. */
export type GatewayInfo = {
  readonly host: string
  readonly port: number
  readonly publicUrl: string | null
  readonly trustedProxies: readonly string[]
  readonly proxyPort: number | null
  /** Where the web page of the gateway behind is served, if it is. */
  readonly controlUiPort: number | null
}

/** Everything of this process that commands and reads work with. There is one, reached by `currentStore()`. */
export type Store = {
  readonly db: Database["db"]
  readonly dialect: Dialect
  readonly readRows: Database["readRows"]
  readonly transact: Database["transact"]
  readonly keys: Keys
  readonly hub: Hub
  /** What of the audit log is known to have been sealed, from outside the database. */
  readonly anchor: AuditAnchor
  policy(): Promise<PolicyNow>
  /** Has the policy read afresh; only the command that changes it needs to. */
  forgetPolicy(): void
  readonly sharedSecret: SharedSecret
  /** Encrypts the cookie that names a console session. */
  readonly authSecret: string
  readonly gatewayInfo: GatewayInfo
  /** Now, by the clock that all processes share. Everything that is compared with a stored time is asked of it. */
  readonly now: () => number
  readonly presence: Presence
  readonly processes: Processes
  /** How the gateway behind this one is, if there is one. */
  readonly upstream: UpstreamBoard
  /** Collects what is written together about every second. */
  readonly observed: Observed
  /** Ends it: collected times are written, audit entries sealed, connections closed. Further calls do nothing more. */
  close(): Promise<void>
}

export type StoreOptions = {
  /** Null keeps the rows in a file of the data directory. */
  readonly databaseUrl: string | null
  /** Straight to PostgreSQL, where the other address leads through a pool that lends connections. */
  readonly databaseListenUrl?: string | null
  /** An existing directory that only this process's user can enter. */
  readonly dataDir: string
  readonly keys: Keys
  /** The shared secret of the environment; null has one made in the data directory. */
  readonly gatewayToken: string | null
  /** What encrypts the console's cookies; null has one made in the data directory. */
  readonly authSecret: string | null
  readonly gatewayInfo: GatewayInfo
  /** What this process serves; everything unless told otherwise. */
  readonly processRole?: ProcessRole
  /** Whether this process does the recurring work; a tool beside a running server leaves it to that one. */
  readonly chores?: "run" | "leave"
}

/**
 * Opens the store, and brings its database up to date first. Throws a StartError when the database cannot be used,
 * or was written under another server key.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { keys, gatewayInfo } = options
  const location = databaseLocation(options.databaseUrl, options.dataDir)
  const direct = databaseLocation(options.databaseListenUrl ?? options.databaseUrl, options.dataDir)
  await migrate(direct)
  const database = await openDatabase(location)
  const hub: Hub = createHub(() => together?.spread ?? null)
  let together: Together | null = null
  try {
    together = await openTogether({ database, direct, role: options.processRole ?? "all", deliver: hub.deliver })
    await checkServerKey(database, keys, together.clock.now())
  } catch (error) {
    await together?.spread?.close()
    await database.disconnect()
    throw error
  }
  const { clock, presence, processes, spread } = together
  const policy = createCurrentPolicy(database.db, hub, () => ownOrigins(gatewayInfo.port))
  const observed = createObserved({ ...database, hub })
  const { db, dialect, readRows, transact } = database
  let stopChores = () => Promise.resolve()
  let closing: Promise<void> | null = null
  const store: Store = {
    ...{ db, dialect, readRows, transact, keys, hub, gatewayInfo, observed, presence, processes },
    now: clock.now,
    anchor: openAnchor(options),
    policy: policy.read,
    forgetPolicy: policy.forget,
    sharedSecret: openSharedSecret(options.gatewayToken, options.dataDir),
    authSecret: options.authSecret ?? keepSecretFile(join(options.dataDir, "auth-secret")),
    upstream: createUpstreamBoard(),
    close() {
      closing ??= stopChores()
        .then(() => spread?.close())
        .then(database.disconnect)
      return closing
    },
  }
  stopChores = startChores(store, options.chores ?? "run")
  return store
}

function ownOrigins(port: number): string[] {
  return ["http", "https"].flatMap((scheme) => ["127.0.0.1", "localhost"].map((host) => `${scheme}://${host}:${port}`))
}
