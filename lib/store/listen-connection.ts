import pg from "pg"
import type { RawRow } from "./client"

/** One connection to PostgreSQL that hears a channel. It is either answering or over: one that fails to is ended. */
export type ListenConnection = {
  /** Runs a statement in turn with the others. Rejects, and the connection is over, when no answer comes in time. */
  ask(sql: string, parameters?: readonly unknown[]): Promise<readonly RawRow[]>
  /** Says goodbye, or hangs up when that takes too long. */
  close(): Promise<void>
}

const answerWithinMs = 2_000
const connectWithinMs = 5_000
const closeWithinMs = 500

/** By this name it stands in `pg_stat_activity`. */
export const listenerName = "gatehouse changes"

/**
 * Connects and listens. A connection can be dead for hours without anyone saying so, so whoever opened it has to ask
 * something again and again. `onEnd` is called once the opened connection is over, for whatever reason. Rejects when it
 * cannot be opened.
 */
export async function openListenConnection(
  url: string,
  channel: string,
  on: { readonly onMessage: (payload: string) => void; readonly onEnd: () => void },
): Promise<ListenConnection> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    application_name: listenerName,
    connectionTimeoutMillis: connectWithinMs,
  })
  let turn: Promise<unknown> = Promise.resolve()
  let state: "opening" | "open" | "over" = "opening"

  const end = () => {
    const wasOpen = state === "open"
    state = "over"
    if (wasOpen) on.onEnd()
  }
  client.on("notification", ({ payload }) => on.onMessage(payload ?? ""))
  client.on("error", end)
  client.on("end", end)

  async function inTime(sql: string, parameters: readonly unknown[]): Promise<readonly RawRow[]> {
    // While a statement waits for its answer, ending the client destroys its socket, which rejects the statement.
    const timer = setTimeout(() => void client.end(), answerWithinMs)
    try {
      return (await client.query<RawRow>(sql, [...parameters])).rows
    } catch (error) {
      void client.end()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  function ask(sql: string, parameters: readonly unknown[] = []): Promise<readonly RawRow[]> {
    const asked = turn.then(() => inTime(sql, parameters))
    turn = asked.catch(() => undefined)
    return asked
  }

  try {
    await client.connect()
    await ask(`LISTEN ${channel}`)
  } catch (error) {
    void client.end()
    throw error
  }
  state = "open"
  return {
    ask,
    async close() {
      await turn
      await Promise.race([client.end(), new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref())])
    },
  }
}
