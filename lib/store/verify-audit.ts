import { type ChainedEntry, chainedColumns, chainHash, firstHash, headText } from "./audit-chain"
import type { Database } from "./client"
import type { Keys } from "./keys"

export type AuditVerdict =
  | { readonly ok: true; readonly sealed: number; readonly unsealed: number }
  | {
      readonly ok: false
      /**
       * `entry-missing`: a place in the chain is empty; `entry-changed`: an entry is not the one that was sealed;
       * `head-missing`, `head-forged`: the signed end of the chain is gone or not ours; `head-differs`: entries were
       * cut off at, or added past, the signed end.
       */
      readonly because: "entry-missing" | "entry-changed" | "head-missing" | "head-forged" | "head-differs"
      /** The first place at which the chain does not hold. */
      readonly seq: number
      readonly entryId: string | null
      readonly unsealed: number
    }

type Broken = Omit<Extract<AuditVerdict, { ok: false }>, "ok" | "unsealed">
type SealedEntry = ChainedEntry & {
  readonly seq: number | null
  readonly prevHash: string | null
  readonly hash: string | null
}

const pageSize = 1_000

/** Checks the whole chain of audit entries against the signed head. Entries not sealed yet are counted, not checked. */
export async function verifyAudit(store: Pick<Database, "db"> & { readonly keys: Keys }): Promise<AuditVerdict> {
  const { db, keys } = store
  // The head first: what is sealed while this runs lies beyond it.
  const head = await db.auditHead.findUnique({ where: { id: 1 } })
  const end = { seq: 0, hash: firstHash }
  const last = head?.seq ?? 0
  const unsealed = await db.auditEntry.count({ where: { seq: null } })
  const broken = (found: Broken): AuditVerdict => ({ ok: false, ...found, unsealed })

  for (;;) {
    const entries = await db.auditEntry.findMany({
      where: { seq: { gt: end.seq, ...(head !== null && { lte: last }) } },
      orderBy: { seq: "asc" },
      take: pageSize,
      select: { ...chainedColumns, seq: true, prevHash: true, hash: true },
    })
    for (const entry of entries) {
      const found = breakAt(end, entry)
      if (found !== null) return broken(found)
      end.seq += 1
      end.hash = entry.hash ?? ""
    }
    if (entries.length < pageSize) break
  }

  const place = { seq: end.seq, entryId: null }
  if (head === null) {
    return end.seq === 0 ? { ok: true, sealed: 0, unsealed } : broken({ because: "head-missing", ...place })
  }
  if (!keys.isSigned(headText(head), head.keyId, head.signature)) return broken({ because: "head-forged", ...place })
  if (head.seq !== end.seq || head.hash !== end.hash) return broken({ because: "head-differs", ...place })
  return { ok: true, sealed: end.seq, unsealed }
}

function breakAt(end: { seq: number; hash: string }, entry: SealedEntry): Broken | null {
  const seq = end.seq + 1
  if (entry.seq !== seq) return { because: "entry-missing", seq, entryId: null }
  const isWhole = entry.prevHash === end.hash && entry.hash === chainHash(end.hash, seq, entry)
  return isWhole ? null : { because: "entry-changed", seq, entryId: entry.id }
}
