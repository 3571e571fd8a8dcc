import type { Database } from "./client"
import type { Direct } from "./direct"
import type { Prisma } from "./generated/sqlite/client"
import type { Change, Hub } from "./hub"

/** One open transaction: its rows, and what it will have changed. */
export type Tx = {
  readonly db: Prisma.TransactionClient
  /** The same transaction past Prisma, for what many devices do at once. */
  readonly direct: Direct
  readonly dialect: Database["dialect"]
  /** Publishes a change once the transaction has committed; never when it has not. */
  announce(change: Change): void
}

/** What a transaction needs of the store. */
export type Transactional = Pick<Database, "db" | "dialect" | "transact"> & { readonly hub: Hub }

/**
 * Runs work in one transaction: all of its writes and changes happen, or none. Publishes what it announced after
 * the commit. On SQLite transactions take turns; on PostgreSQL only those that take the same lock do.
 */
export async function inTransaction<T>(store: Transactional, work: (tx: Tx) => Promise<T>): Promise<T> {
  const changes: Change[] = []
  const result = await store.transact(async (db, direct) => {
    // What was announced the first time, where it begins anew.
    changes.splice(0)
    const done = await work({ db, direct, dialect: store.dialect, announce: (change) => changes.push(change) })
    // Inside, so that a process that ends between commit and telling loses nothing.
    await store.hub.keep(db, changes)
    return done
  })
  store.hub.publishKept(changes)
  return result
}

const queuesOf = new WeakMap<Transactional["db"], Map<string, Promise<void>>>()

/**
 * A transaction that no other one about the same device runs beside, on any process. Within the process they queue
 * before they take a connection, so that one busy device does not use up all of them. The device `beside` does not
 * change meanwhile either, but others may rely on that at the same time.
 */
export async function inDeviceTransaction<T>(
  store: Transactional,
  deviceId: string,
  work: (tx: Tx) => Promise<T>,
  { beside = null }: { readonly beside?: string | null } = {},
): Promise<T> {
  const queues = queuesOf.get(store.db) ?? new Map<string, Promise<void>>()
  queuesOf.set(store.db, queues)
  const running = (queues.get(deviceId) ?? Promise.resolve()).then(() =>
    inTransaction(store, async (tx) => {
      // Always in the same order, or two devices that act on each other would wait for each other.
      const others = beside === null || beside === deviceId ? [] : [beside]
      for (const id of [deviceId, ...others].sort()) {
        await lock(tx, `device:${id}`, id === deviceId ? "alone" : "shared")
      }
      return work(tx)
    }),
  )
  const done = running.then(ignore, ignore)
  queues.set(deviceId, done)
  try {
    return await running
  } finally {
    if (queues.get(deviceId) === done) queues.delete(deviceId)
  }
}

function ignore(): void {}

/**
 * Waits until no other transaction holds the name, and holds it until the end of this one: alone, or with others that
 * share it.
 */
export async function lock(tx: Tx, name: string, hold: "alone" | "shared" = "alone"): Promise<void> {
  // SQLite has one writer at a time, and its transactions are immediate.
  if (tx.dialect === "sqlite") return
  if (hold === "alone") await tx.direct.rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name])
  else await tx.direct.rows("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [name])
}
