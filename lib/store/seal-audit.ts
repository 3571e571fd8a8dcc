import type { AuditAnchor, ChainPlace } from "./audit-anchor"
import { chainedColumns, chainHash, firstHash, headText } from "./audit-chain"
import { checkChainEnd, type EndBreak } from "./check-chain-end"
import type { RawValue } from "./direct"
import type { Keys } from "./keys"
import { runWithRows } from "./rows-statement"
import { inTransaction, lock, type Transactional, type Tx } from "./transaction"

const batchSize = 200

export type Sealing =
  | { readonly ok: true; readonly sealed: number }
  /** Nothing was sealed on top of a chain that does not hold; the entries wait. */
  | { readonly ok: false; readonly because: EndBreak }

type Sealer = { readonly keys: Keys; readonly anchor: AuditAnchor }
type Batch = { readonly ok: true; readonly sealed: number; readonly head: ChainPlace | null }

/**
 * Chains the committed entries that have no place yet, oldest first, signs the new head, and remembers it outside the
 * database. Refuses to go on from an end that is not the one that was sealed. Sealers of several processes take turns.
 */
export async function sealAudit(store: Transactional & Sealer, nowMs: number): Promise<Sealing> {
  let sealed = 0
  for (;;) {
    const end = await checkChainEnd(store.db, store)
    if (!end.ok) return { ok: false, because: end.because }
    if (end.head !== null) await store.anchor.keep(end.head)
    const isSigned = end.head === null || end.head.keyId === store.keys.keyId
    const waiting = await store.db.auditEntry.findFirst({ where: { seq: null }, select: { id: true } })
    if (waiting === null && isSigned) return { ok: true, sealed }
    const batch = await inTransaction(store, (tx) => sealBatch(tx, store, nowMs))
    if (!batch.ok) return batch
    if (batch.head !== null) await store.anchor.keep(batch.head)
    sealed += batch.sealed
  }
}

async function sealBatch(tx: Tx, sealer: Sealer, atMs: number): Promise<Batch | Extract<Sealing, { ok: false }>> {
  const { keys } = sealer
  await lock(tx, "audit-sealer")
  const end = await checkChainEnd(tx.db, sealer)
  if (!end.ok) return { ok: false, because: end.because }
  const entries = await tx.db.auditEntry.findMany({
    where: { seq: null },
    orderBy: [{ atMs: "asc" }, { id: "asc" }],
    take: batchSize,
    select: chainedColumns,
  })
  // Without entries, a head of the key before the last roll is signed again, so that the old key can go.
  if (entries.length === 0 && (end.head === null || end.head.keyId === keys.keyId))
    return { ok: true, sealed: 0, head: end.head }
  let seq = end.head?.seq ?? 0
  let hash = end.head?.hash ?? firstHash
  const places: RawValue[][] = []
  for (const entry of entries) {
    const prevHash = hash
    seq += 1
    hash = chainHash(prevHash, seq, entry)
    places.push([entry.id, seq, prevHash, hash])
  }
  await runWithRows(
    tx,
    { types: ["TEXT", "INTEGER", "TEXT", "TEXT"], rows: places },
    (select) => `WITH v(c0, c1, c2, c3) AS (${select}) UPDATE "AuditEntry"
      SET "seq" = v.c1, "prevHash" = v.c2, "hash" = v.c3 FROM v WHERE "AuditEntry"."id" = v.c0`,
  )
  const signature = keys.sign(headText({ seq, hash, atMs }))
  const row = { seq, hash, keyId: keys.keyId, signature, atMs }
  await tx.db.auditHead.upsert({ where: { id: 1 }, create: { id: 1, ...row }, update: row, select: { id: true } })
  return { ok: true, sealed: entries.length, head: { seq, hash } }
}
