import { randomUUID } from "node:crypto"
import pg from "pg"
import { z } from "zod"
import { isChange } from "./change-schema"
import type { Database } from "./client"
import type { Change } from "./hub"

/** Tells the other processes on the same PostgreSQL database what changed, and hears it from them. */
export type Spread = {
  tell(changes: readonly Change[]): void
  close(): Promise<void>
}

const channel = "gatehouse_changes"
/** A notification holds 8 000 bytes at most, and no change comes near 400. */
const changesPerMessage = 15
const retryMs = 500
/** How far back to look for what was missed while the connection was down. */
const overlapMs = 5_000

const message = z.object({ from: z.string(), changes: z.array(z.unknown()) })

/**
 * Connects the processes on one database. When the connection was lost, what the audit log says happened meanwhile is
 * delivered once it is back, so that no socket of a revoked device outlives the gap.
 */
export async function openSpread(
  url: string,
  db: Database["db"],
  deliver: (changes: readonly Change[]) => void,
): Promise<Spread> {
  const own = randomUUID()
  let client: pg.Client | null = null
  let isClosed = false
  let retry: NodeJS.Timeout | null = null
  let lostAtMs = 0
  let unsent: Change[] = []
  let sending: Promise<void> = Promise.resolve()

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    fresh.on("notification", ({ payload }) => deliver(read(payload ?? "", own)))
    fresh.on("error", () => lose(fresh))
    fresh.on("end", () => lose(fresh))
    await fresh.connect()
    await fresh.query(`LISTEN ${channel}`)
    client = fresh
    send(unsent.splice(0))
  }

  function lose(lost: pg.Client): void {
    if (client !== lost || isClosed) return
    client = null
    lostAtMs = Date.now()
    again()
  }

  function again(): void {
    retry = setTimeout(() => {
      if (isClosed) return
      connect()
        .then(async () => deliver(await missedSince(db, lostAtMs - overlapMs)))
        .catch(again)
    }, retryMs)
    retry.unref()
  }

  function send(changes: readonly Change[]): void {
    for (let start = 0; start < changes.length; start += changesPerMessage) {
      const part = changes.slice(start, start + changesPerMessage)
      // Bounded: what does not fit is in the audit log, where the others find it.
      if (client === null) unsent = [...unsent, ...part].slice(-1_000)
      else sending = sending.then(() => notify(part))
    }
  }

  async function notify(changes: readonly Change[]): Promise<void> {
    try {
      await client?.query("SELECT pg_notify($1, $2)", [channel, JSON.stringify({ from: own, changes })])
    } catch (error) {
      console.error("A change could not be told to the other processes:", error)
    }
  }

  await connect()
  return {
    tell: send,
    async close() {
      isClosed = true
      if (retry !== null) clearTimeout(retry)
      await sending
      await client?.end()
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
  ...["device.ceiling-lowered", "device.silent-taken-back"],
]

/** What must not be missed: sockets to close and caches to read afresh. */
async function missedSince(db: Database["db"], sinceMs: number): Promise<readonly Change[]> {
  const entries = await db.auditEntry.findMany({
    where: { atMs: { gte: sinceMs }, action: { in: [...endsSessions] } },
    select: { action: true, deviceId: true },
  })
  const deviceIds = new Set(entries.flatMap((entry) => entry.deviceId ?? []))
  const because = "its rights changed"
  return [
    ...[...deviceIds].map((deviceId): Change => ({ kind: "sessions-closed", deviceId, role: null, because })),
    { kind: "policy", version: 0 },
    { kind: "settings" },
    { kind: "upstream" },
  ]
}
