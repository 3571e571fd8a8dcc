import { z } from "zod"
import { isChange } from "./change-schema"
import type { Prisma } from "./generated/sqlite/client"
import type { Change } from "./hub"
import type { ListenConnection } from "./listen-connection"
import type { Transactional } from "./transaction"

/** How far a process has read the kept changes. */
export type Progress = {
  /** Every transaction from here on was not finished yet, nor were these few before it. */
  readonly nextTransaction: bigint
  readonly running: readonly string[]
  /** The highest number that was seen. */
  readonly sequence: bigint
  /** When that was, by the clock of the database. */
  readonly atMs: number
}

const keptForMs = 3_600_000
/** Some time before rows are deleted: they bear the time at which they were written, not that of the commit. */
const lostAfterMs = 50 * 60_000
const deletedAtOnce = 10_000

const now = "EXTRACT(EPOCH FROM clock_timestamp())::float8 * 1000"

const keepSql = `INSERT INTO "KeptChange" ("process", "transactionId", "atMs", "changes")
  VALUES ($1, pg_current_xact_id()::text::bigint, ${now}, $2)`

const beginSql = `SELECT pg_current_snapshot()::text AS "snapshot", ${now} AS "nowMs",
  (SELECT COALESCE(max("sequence"), 0) FROM "KeptChange") AS "sequence"`

// One statement, so that the snapshot that it tells is the one that it reads by. Numbers are given before the commit, so
// a lower one may come to light later, and a hole may stay for ever: what is new is told by transactions. The third
// condition holds where a database that crashed gives the number of an unfinished transaction a second time.
/** The reading of every beat; its plan is held by a test. */
export const readSql = `SELECT s."snapshot", s."nowMs", s."given", c."sequence",
  CASE WHEN c."process" = $1 THEN NULL ELSE c."changes" END AS "changes"
  FROM (SELECT pg_current_snapshot()::text AS "snapshot", ${now} AS "nowMs",
    (SELECT last_value FROM "KeptChange_sequence_seq") AS "given") AS s
  LEFT JOIN "KeptChange" AS c
    ON c."transactionId" >= $2 OR c."transactionId" = ANY(CAST($3 AS bigint[])) OR c."sequence" > $4
  ORDER BY c."sequence"`

const snapshot = z
  .string()
  .regex(/^\d+:\d+:[\d,]*$/)
  .transform((text) => {
    const [, next = "", running = ""] = text.split(":")
    return { nextTransaction: BigInt(next), running: running.split(",").filter(Boolean) }
  })
const begun = z.tuple([z.object({ snapshot, nowMs: z.number(), sequence: z.coerce.bigint() })])
const readRows = z.array(
  z.object({
    snapshot,
    nowMs: z.number(),
    given: z.coerce.bigint(),
    sequence: z.coerce.bigint().nullable(),
    changes: z.string().nullable(),
  }),
)

/** Writes down what a transaction changed, as part of it. */
export async function keepChanges(db: Prisma.TransactionClient, process: string, changes: readonly Change[]) {
  await db.$executeRawUnsafe(keepSql, process, JSON.stringify(changes))
}

/** Writes down what changed without a transaction. */
export async function keepAlone(over: ListenConnection, process: string, changes: readonly Change[]) {
  await over.ask(keepSql, [process, JSON.stringify(changes)])
}

/** Where somebody begins who has missed nothing, because nothing was asked of the database before. */
export async function beginReading(over: ListenConnection): Promise<Progress> {
  const [{ snapshot, nowMs, sequence }] = begun.parse(await over.ask(beginSql))
  return { ...snapshot, sequence, atMs: nowMs }
}

/**
 * Everything that other processes committed since the last reading, each change once. Where that cannot be told, since
 * rows may have been deleted meanwhile or the database has gone back in time, the one change `missed`.
 */
export async function readOn(
  over: ListenConnection,
  process: string,
  last: Progress,
): Promise<{ changes: readonly Change[]; progress: Progress }> {
  const { nextTransaction, running } = last
  const rows = readRows.parse(await over.ask(readSql, [process, nextTransaction, running, last.sequence]))
  const [first] = rows
  if (first === undefined || first.nowMs - last.atMs > lostAfterMs || first.given < last.sequence) {
    return { changes: [{ kind: "missed" }], progress: await beginReading(over) }
  }
  const sequence = rows.reduce((highest, row) => max(highest, row.sequence ?? highest), last.sequence)
  const changes = rows.flatMap((row) => (row.changes === null ? [] : parseChanges(row.changes)))
  return { changes, progress: { ...first.snapshot, sequence, atMs: first.nowMs } }
}

/** Deletes what every process has heard of, or has been away for too long to. */
export async function deleteKeptChanges({ db, dialect }: Pick<Transactional, "db" | "dialect">): Promise<void> {
  if (dialect === "sqlite") return
  let deleted = deletedAtOnce
  // By number from the lowest, which needs no further index on a table that every command writes.
  while (deleted === deletedAtOnce) {
    deleted = await db.$executeRawUnsafe(
      `DELETE FROM "KeptChange" WHERE "atMs" < ${now} - ${keptForMs}
        AND "sequence" IN (SELECT "sequence" FROM "KeptChange" ORDER BY "sequence" LIMIT ${deletedAtOnce})`,
    )
  }
}

/** Another version may keep kinds of changes that this one does not know. */
function parseChanges(text: string): readonly Change[] {
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.filter(isChange) : []
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
