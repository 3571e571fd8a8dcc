import { withoutEnded } from "@/lib/pairing/ends"
import { oldestLiveTryMs } from "@/lib/pairing/requests"
import type { DeviceRecord } from "@/lib/pairing/types"
import type { Database, RawValue } from "./client"
import { recordColumns, toRecord } from "./record-rows"
import type { Tx } from "./transaction"

type Kind = keyof typeof recordColumns

const kinds: readonly { readonly kind: Kind; readonly where: string }[] = [
  { kind: "device", where: '"deviceId" = $1' },
  { kind: "token", where: '"deviceId" = $2' },
  // The plus keeps SQLite from the index of all waiting requests, which it would go through for every handshake.
  { kind: "request", where: `"deviceId" = $3 AND "status" = 'pending' AND +"triedAtMs" >= $4` },
  { kind: "hold", where: '"deviceId" = $5 AND "heldUntilMs" > $6' },
  { kind: "block", where: '"deviceId" = $7' },
]

const mostTexts = Math.max(...kinds.map(({ kind }) => recordColumns[kind].texts.length))
const mostNumbers = Math.max(...kinds.map(({ kind }) => recordColumns[kind].numbers.length))

/** The look-up of the handshake: everything that the rules may know about one device id, in one statement. */
export const recordSql = kinds.map(selectOf).join("\nUNION ALL\n")

function selectOf({ kind, where }: (typeof kinds)[number]): string {
  const { from, texts, numbers } = recordColumns[kind]
  const column = (names: readonly string[], prefix: string, type: string) => (_: unknown, index: number) => {
    const name = names[index]
    return `CAST(${name === undefined ? "NULL" : `"${name}"`} AS ${type}) AS ${prefix}${index}`
  }
  const list = [
    `'${kind}' AS kind`,
    ...Array.from({ length: mostTexts }, column(texts, "t", "TEXT")),
    ...Array.from({ length: mostNumbers }, column(numbers, "n", "DOUBLE PRECISION")),
  ]
  return `SELECT ${list.join(", ")} FROM "${from}" WHERE ${where}`
}

function parameters(deviceId: string, oldestTryMs: number, nowMs: number): RawValue[] {
  return [deviceId, deviceId, deviceId, oldestTryMs, deviceId, nowMs, deviceId]
}

/**
 * The committed record of a device id, for a decision that may come to write nothing. Requests older than the time
 * limit are left out, and what was granted for a time is gone from it when that is over.
 */
export async function readRecord(
  store: Pick<Database, "readRows">,
  at: { readonly deviceId: string; readonly pendingTtlMs: number; readonly nowMs: number },
): Promise<DeviceRecord> {
  const rows = await store.readRows(recordSql, parameters(at.deviceId, oldestLiveTryMs(at, at.nowMs), at.nowMs))
  return withoutEnded(toRecord(rows), at.nowMs)
}

/** The record of a device id inside a transaction; requests and grants whose time is over are in it, for they wait to be recorded. */
export async function loadRecord(tx: Tx, deviceId: string, nowMs: number): Promise<DeviceRecord> {
  return toRecord(await tx.direct.rows(recordSql, parameters(deviceId, Number.MIN_SAFE_INTEGER, nowMs)))
}
