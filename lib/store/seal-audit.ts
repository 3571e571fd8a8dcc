import { chainedColumns, chainHash, firstHash, headText } from "./audit-chain"
import type { Keys } from "./keys"
import { inTransaction, lock, type Transactional, type Tx } from "./transaction"

const batchSize = 200

/**
 * Chains the committed entries that have no place yet, oldest first, and signs the new head. Sealers of several
 * processes take turns. Returns how many entries it sealed.
 */
export async function sealAudit(store: Transactional & { readonly keys: Keys }, nowMs: number): Promise<number> {
  let sealed = 0
  for (;;) {
    if ((await store.db.auditEntry.findFirst({ where: { seq: null }, select: { id: true } })) === null) return sealed
    sealed += await inTransaction(store, (tx) => sealBatch(tx, store.keys, nowMs))
  }
}

async function sealBatch(tx: Tx, keys: Keys, atMs: number): Promise<number> {
  await lock(tx, "audit-sealer")
  const head = await tx.db.auditHead.findUnique({ where: { id: 1 }, select: { seq: true, hash: true } })
  const entries = await tx.db.auditEntry.findMany({
    where: { seq: null },
    orderBy: [{ atMs: "asc" }, { id: "asc" }],
    take: batchSize,
    select: chainedColumns,
  })
  if (entries.length === 0) return 0
  let seq = head?.seq ?? 0
  let hash = head?.hash ?? firstHash
  for (const entry of entries) {
    const prevHash = hash
    seq += 1
    hash = chainHash(prevHash, seq, entry)
    await tx.db.auditEntry.update({ where: { id: entry.id }, data: { seq, prevHash, hash }, select: { id: true } })
  }
  const signature = keys.sign(headText({ seq, hash, atMs }))
  const row = { seq, hash, keyId: keys.keyId, signature, atMs }
  await tx.db.auditHead.upsert({ where: { id: 1 }, create: { id: 1, ...row }, update: row, select: { id: true } })
  return entries.length
}
