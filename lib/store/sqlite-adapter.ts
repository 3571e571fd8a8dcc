import { setTimeout as sleep } from "node:timers/promises"
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils"
import Sqlite from "better-sqlite3"
import { createDurable, type Durable } from "./group-commit"

/** How long a write waits for another process that holds the database. */
const maxWaitMs = 10_000

/**
 * Prisma's SQLite adapter over two connections. Writes and transactions take turns on one of them, and a
 * transaction is immediate: what it reads cannot change before it commits. Reads outside of transactions run on the
 * other and see committed rows only (on a single connection they would see the open transaction's).
 */
export function sqliteAdapter(file: string): {
  readonly factory: SqlDriverAdapterFactory
  /** The connection that writes, once Prisma has connected; for statements of the transaction that has its turn. */
  readonly connection: () => Sqlite.Database
} {
  const factory = new PrismaBetterSqlite3({ url: file, timeout: 20 })
  let connection: Sqlite.Database | null = null
  const adapter: SqlDriverAdapterFactory = {
    provider: "sqlite",
    adapterName: factory.adapterName,
    async connect() {
      const writer = await factory.connect()
      connection = connectionOf(writer)
      // Commits do not wait for the disk by themselves; whoever made one does, before it hears that it is done.
      await whenFree(() =>
        writer.executeScript(
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 8000",
        ),
      )
      const reader = await factory.connect()
      await reader.executeScript("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000")
      return twoConnections(writer, reader, createDurable(`${file}-wal`))
    },
  }
  return {
    factory: adapter,
    connection() {
      if (connection === null) throw new Error("Prisma has not connected to SQLite yet.")
      return connection
    },
  }
}

/** The connection behind an adapter. The field is internal to it, so every test of the store holds it in place. */
function connectionOf(adapter: SqlDriverAdapter): Sqlite.Database {
  const connection: unknown = Reflect.get(adapter, "client")
  if (connection instanceof Sqlite) return connection
  throw new Error("This version of Prisma's SQLite adapter keeps its connection elsewhere: adapt connectionOf.")
}

function twoConnections(writer: SqlDriverAdapter, reader: SqlDriverAdapter, durable: Durable): SqlDriverAdapter {
  const takeTurn = createTurns()

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const release = await takeTurn()
    try {
      return await whenFree(work)
    } finally {
      release()
      await durable()
    }
  }

  return {
    provider: writer.provider,
    adapterName: writer.adapterName,
    queryRaw: (query) => (isRead(query) ? reader.queryRaw(query) : inTurn(() => writer.queryRaw(query))),
    executeRaw: (query) => inTurn(() => writer.executeRaw(query)),
    executeScript: (script) => inTurn(() => writer.executeScript(script)),
    async startTransaction() {
      const release = await takeTurn()
      try {
        await whenFree(() => writer.executeScript("BEGIN IMMEDIATE"))
      } catch (error) {
        release()
        throw error
      }
      return {
        provider: writer.provider,
        adapterName: writer.adapterName,
        // Prisma sends COMMIT and ROLLBACK itself as queries before it calls these.
        options: { usePhantomQuery: false },
        queryRaw: (query) => writer.queryRaw(query),
        executeRaw: (query) => writer.executeRaw(query),
        commit() {
          // The next one need not wait for the disk: one flush serves both.
          release()
          return durable()
        },
        async rollback() {
          release()
        },
      }
    },
    ...(writer.getConnectionInfo && { getConnectionInfo: writer.getConnectionInfo.bind(writer) }),
    async dispose() {
      await durable.close()
      await reader.dispose()
      await writer.dispose()
    },
  }
}

function isRead(query: SqlQuery): boolean {
  return /^\s*(select|explain|with)\b/i.test(query.sql)
}

/** Turns in the order of asking: each waits until the one before has released. */
function createTurns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let release = () => {}
    last = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }
}

// Waits without blocking the event loop while another process writes.
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + maxWaitMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      await sleep(5 + Math.random() * 15)
    }
  }
}

function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === "SocketTimeout"
}
