import type { Database } from "./client"
import type { Clock } from "./clock"
import type { Change, Spread } from "./hub"
import { aliveForMs, databaseNow } from "./other-connections"
import type { LiveConnection, Moves, Presence } from "./presence"
import { fromList, text } from "./rows"
import type { Word } from "./words"

export type ProcessRole = "all" | "gateway" | "console"

/** The running servers of this installation, as one of them sees the others. */
export type Processes = {
  /** How many of them take devices, this one included where it does. */
  gateways(): number
  /** Tells that this one lives, what moved at it, and learns who else lives; about every second. */
  beat(): Promise<void>
  /** Takes back all that this one has told. */
  leave(): Promise<void>
  /** Tells the others something that nobody keeps. */
  say(word: Word): void
  /** Hears what the others say, until the returned function is called. */
  hear(listener: (word: Word) => void): () => void
}

const beatSql = `UPDATE "Process" SET "beatAtMs" = ${databaseNow} WHERE "id" = $1 RETURNING "beatAtMs"`
const registerSql = `INSERT INTO "Process" ("id", "role", "startedAtMs", "beatAtMs")
  VALUES ($1, $2, $3, ${databaseNow}) ON CONFLICT ("id") DO NOTHING`
const aliveSql = `SELECT "id", "role" FROM "Process" WHERE "beatAtMs" > ${databaseNow} - ${aliveForMs} ORDER BY "id"`
const movesSql = `WITH gone AS (DELETE FROM "Connection"
    WHERE "connId" = ANY(ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))))
  INSERT INTO "Connection" ("connId", "processId", "deviceId", "role", "scopes", "address", "client", "sinceMs")
  SELECT e.value->>0, $2, e.value->>1, e.value->>2, e.value->>3, e.value->>4, e.value->>5,
    CAST(e.value->>6 AS DOUBLE PRECISION) FROM jsonb_array_elements(CAST($3 AS jsonb)) AS e(value)
  ON CONFLICT ("connId") DO NOTHING`
const leaveSql = `DELETE FROM "Process" WHERE "id" = $1`
// Long after they stopped to count: when the database was away, nobody has to write everything anew.
const forgetSql = `DELETE FROM "Process" WHERE "beatAtMs" < ${databaseNow} - 30000`

/** Connections that go into one statement. */
const batch = 2_000
/** More names than that do not fit into a word. */
const mostNamed = 100

/** The only process of an installation on SQLite: there is nobody to tell. */
export const onlyProcess: Processes = {
  gateways: () => 1,
  beat: async () => {},
  leave: async () => {},
  say: () => {},
  hear: () => () => {},
}

/** One process among others on a PostgreSQL database. It counts from its first beat on. */
export function createProcesses(options: {
  readonly readRows: Database["readRows"]
  readonly process: string
  readonly role: ProcessRole
  readonly startedAtMs: number
  readonly presence: Presence
  readonly clock: Clock
  readonly spread: Pick<Spread, "say">
  /** Tells the pages of this process. */
  readonly deliver: (changes: readonly Change[]) => void
}): Omit<Processes, "hear"> {
  const { readRows, process, role, presence, clock, spread } = options
  let gateways = 1
  let alive: string | null = null
  let hasLeft = false

  async function tellAlive(): Promise<void> {
    const sentAtMs = Date.now()
    const [row] = await readRows(beatSql, [process])
    if (row !== undefined) return clock.compare({ sentAtMs, databaseMs: Number(row.beatAtMs), heardAtMs: Date.now() })
    // The first beat, or others took this process for dead: what it had told is gone with it.
    presence.tellAfresh()
    await readRows(registerSql, [process, role, options.startedAtMs])
  }

  async function tellMoves(): Promise<void> {
    const all: Moves[] = []
    for (;;) {
      const moves = presence.takeMoves(batch)
      if (moves.came.length + moves.went.length === 0) break
      await save(moves).catch((error: unknown) => {
        presence.giveBack(moves)
        throw error
      })
      all.push(moves)
    }
    if (all.length > 0) spread.say(toWord(all))
  }

  async function save({ came, went }: Moves): Promise<void> {
    const gone = JSON.stringify(went.map(({ connId }) => connId))
    await readRows(movesSql, [gone, process, JSON.stringify(came.map(toCells))])
  }

  async function seeOthers(): Promise<void> {
    const rows = await readRows(aliveSql, [])
    gateways = Math.max(1, rows.filter((row) => row.role !== "console").length)
    const now = rows.map((row) => text(row.id)).join(" ")
    // With a process all of its devices come into sight or go out of it.
    if (alive !== null && alive !== now) options.deliver([{ kind: "presence", deviceId: null, online: false }])
    alive = now
  }

  return {
    gateways: () => gateways,
    async beat() {
      if (hasLeft) return
      await tellAlive()
      await tellMoves()
      await seeOthers()
      await readRows(forgetSql, [])
    },
    async leave() {
      hasLeft = true
      await readRows(leaveSql, [process])
      spread.say({ kind: "crowd" })
    },
    say: spread.say,
  }
}

/** Asks the database for its time, so that the first instant that is stored is right already. */
export async function readDatabaseClock({ readRows }: Pick<Database, "readRows">, clock: Clock): Promise<void> {
  const sentAtMs = Date.now()
  const [row] = await readRows(`SELECT ${databaseNow} AS "nowMs"`, [])
  clock.compare({ sentAtMs, databaseMs: Number(row?.nowMs), heardAtMs: Date.now() })
}

/** What pages are told of a word about who is connected. */
export function toChanges(word: Extract<Word, { kind: "presence" | "crowd" }>): readonly Change[] {
  if (word.kind === "crowd") return [{ kind: "presence", deviceId: null, online: true }]
  return [
    ...word.came.map((deviceId) => ({ kind: "presence", deviceId, online: true }) as const),
    ...word.went.map((deviceId) => ({ kind: "presence", deviceId, online: false }) as const),
  ]
}

function toWord(all: readonly Moves[]): Word {
  const namesOf = (list: readonly LiveConnection[]) => [...new Set(list.flatMap(({ deviceId }) => deviceId ?? []))]
  const came = namesOf(all.flatMap((moves) => moves.came))
  const went = namesOf(all.flatMap((moves) => moves.went))
  const isNameable = came.length + went.length > 0 && came.length + went.length <= mostNamed
  return isNameable ? { kind: "presence", came, went } : { kind: "crowd" }
}

function toCells({ connId, deviceId, role, scopes, address, client, sinceMs }: LiveConnection) {
  return [connId, deviceId, role, fromList(scopes), address, client, sinceMs]
}
