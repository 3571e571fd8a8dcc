import type { Role } from "@/lib/pairing/types"
import type { RawValue } from "./direct"
import { insertRows, type RowOf } from "./insert-rows"
import { newId } from "./new-id"
import { queryWithRows, runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

/** One connect attempt, or several identical ones. */
export type Attempt = {
  readonly deviceId: string
  readonly publicKey: string
  readonly role: Role
  readonly scopes: string
  readonly outcome: "allow" | "silent-approve" | "pending" | "reject"
  readonly reason: string
  readonly foldKey: string
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly count: number
  readonly address: string
  /** See connect-facts.ts. */
  readonly facts: string
  readonly requestId: string | null
}

/** Identical tries further apart than this are told apart. */
const foldGapMs = 86_400_000

const keyOf = ({ deviceId, foldKey }: Pick<Attempt, "deviceId" | "foldKey">) => `${deviceId}|${foldKey}`

/** The latest rows that these attempts repeat, by device and fold key. */
async function findRecent(tx: Tx, attempts: readonly Attempt[]): Promise<ReadonlyMap<string, string>> {
  const found = await queryWithRows(
    tx,
    {
      types: ["TEXT", "TEXT", "DOUBLE PRECISION"],
      rows: attempts.map(({ deviceId, foldKey, firstAtMs }) => [deviceId, foldKey, firstAtMs - foldGapMs]),
    },
    (select) => `WITH v(c0, c1, c2) AS (${select}) SELECT a."id", a."deviceId", a."foldKey"
      FROM v JOIN "ConnectAttempt" AS a ON a."deviceId" = v.c0 AND a."lastAtMs" >= v.c2 AND a."foldKey" = v.c1
      ORDER BY a."lastAtMs"`,
  )
  // The latest of them wins.
  return new Map(
    found.map(({ id, deviceId, foldKey }) => [
      keyOf({ deviceId: String(deviceId), foldKey: String(foldKey) }),
      String(id),
    ]),
  )
}

/** Writes attempts: one that repeats a recent row of its device is counted there, any other gets a row of its own. */
export async function saveAttempts(tx: Tx, attempts: readonly Attempt[]): Promise<void> {
  const known = await findRecent(tx, attempts)
  const fresh: RowOf<"ConnectAttempt">[] = []
  const again: RawValue[][] = []
  for (const attempt of attempts) {
    const id = known.get(keyOf(attempt))
    if (id === undefined) fresh.push({ id: newId(), ...attempt })
    else again.push([id, attempt.lastAtMs, attempt.requestId, attempt.count])
  }
  await insertRows(tx, "ConnectAttempt", fresh)
  await runWithRows(
    tx,
    { types: ["TEXT", "DOUBLE PRECISION", "TEXT", "INTEGER"], rows: again },
    (select) => `WITH v(c0, c1, c2, c3) AS (${select}) UPDATE "ConnectAttempt"
      SET "lastAtMs" = v.c1, "requestId" = v.c2, "count" = "count" + v.c3 FROM v WHERE "ConnectAttempt"."id" = v.c0`,
  )
  for (const deviceId of new Set(attempts.map((attempt) => attempt.deviceId))) {
    tx.announce({ kind: "device", deviceId, what: "attempt" })
  }
}
