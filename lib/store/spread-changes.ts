import { randomUUID } from "node:crypto"
import pg from "pg"
import { z } from "zod"
import { isChange } from "./change-schema"
import type { Change } from "./hub"
import { type ListenConnection, openListenConnection } from "./listen-connection"

/** Tells the other processes on the same PostgreSQL database what changed, and hears it from them. */
export type Spread = {
  tell(changes: readonly Change[]): void
  close(): Promise<void>
}

const channel = "gatehouse_changes"
/** A notification holds 8 000 bytes at most, and no change comes near 400. */
const changesPerMessage = 15
/** What does not fit is in the audit log, where the others find it. */
const maxUnsent = 1_000
const retryMs = 500
/** An entry bears the time at which its command began, which may have waited long; and clocks differ. */
const overlapMs = 45_000
/** The class of errors with which the server itself ends a connection. */
const serverEnds = "57P"

const message = z.object({ from: z.string(), changes: z.array(z.unknown()) })

/**
 * Connects the processes on one database. When the connection was lost, what the audit log says happened since it was
 * last known to hear is delivered once it is back, so that no socket of a revoked device outlives the gap; and what
 * this process had to tell meanwhile is told then.
 */
export async function openSpread(url: string, deliver: (changes: readonly Change[]) => void): Promise<Spread> {
  const own = randomUUID()
  let connection: ListenConnection | null = null
  let isClosed = false
  let retry: NodeJS.Timeout | null = null
  /** Everything that was told before this time has been heard. */
  let heardUntilMs = Date.now()
  let unsent: Change[] = []
  let sending: Promise<void> = Promise.resolve()

  async function connect(isAgain: boolean): Promise<void> {
    const startedAtMs = Date.now()
    let isOver = false
    let opened: ListenConnection | null = null
    const fresh = await openListenConnection(url, channel, {
      onMessage: (payload) => deliver(read(payload, own)),
      onBeat: (untilMs) => {
        // Before that, what was missed has not been looked up.
        if (opened !== null && connection === opened) heardUntilMs = untilMs
      },
      onEnd: () => {
        isOver = true
        if (opened === null || connection !== opened) return
        connection = null
        if (!isClosed) again()
      },
    })
    opened = fresh
    try {
      // Over the fresh connection: others that this process has open may be as dead as the last one was.
      if (isAgain) deliver(await missedSince(fresh, heardUntilMs - overlapMs))
    } catch (error) {
      await fresh.close()
      throw error
    }
    if (isOver) throw new Error("The connection ended at once.")
    if (isClosed) return fresh.close()
    heardUntilMs = startedAtMs
    connection = fresh
    send()
  }

  function again(): void {
    retry = setTimeout(() => {
      if (!isClosed) connect(true).catch(again)
    }, retryMs)
    retry.unref()
  }

  function send(): void {
    sending = sending.then(async () => {
      while (connection !== null && unsent.length > 0) {
        const part = unsent.splice(0, changesPerMessage)
        if (await notify(connection, part)) continue
        // The connection is ending; the next one goes on from here.
        unsent = [...part, ...unsent]
        return
      }
    })
  }

  /** Whether the server took it, or would not take it a second time either. */
  async function notify(over: ListenConnection, changes: readonly Change[]): Promise<boolean> {
    try {
      await over.ask("SELECT pg_notify($1, $2)", [channel, JSON.stringify({ from: own, changes })])
      return true
    } catch (error) {
      const isRefused = error instanceof pg.DatabaseError && !error.code?.startsWith(serverEnds)
      if (isRefused) console.error("A change could not be told to the other processes:", error)
      return isRefused
    }
  }

  await connect(false)
  return {
    tell(changes) {
      unsent = [...unsent, ...changes].slice(-maxUnsent)
      send()
    },
    async close() {
      isClosed = true
      if (retry !== null) clearTimeout(retry)
      await sending
      await connection?.close()
    },
  }
}

function read(payload: string, own: string): readonly Change[] {
  const parsed = message.safeParse(parseJson(payload))
  return !parsed.success || parsed.data.from === own ? [] : parsed.data.changes.filter(isChange)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const endsSessions: readonly string[] = [
  ...["token.rotated", "token.revoked", "device.blocked", "device.removed"],
  ...["device.ceiling-lowered", "device.ceiling-raised", "device.silent-taken-back", "device.grant-ended"],
]

/** What must not be missed: sockets to close and caches to read afresh. */
async function missedSince(connection: ListenConnection, sinceMs: number): Promise<readonly Change[]> {
  const entries = await connection.ask(
    `SELECT DISTINCT "deviceId" FROM "AuditEntry" WHERE "atMs" >= $1 AND "action" = ANY($2) AND "deviceId" IS NOT NULL`,
    [sinceMs, endsSessions],
  )
  const because = "its rights changed"
  return [
    ...entries.map(({ deviceId }): Change => {
      return { kind: "sessions-closed", deviceId: String(deviceId), role: null, because }
    }),
    { kind: "policy", version: 0 },
    { kind: "settings" },
    { kind: "upstream" },
  ]
}
