import type { AuditAnchor } from "./audit-anchor"
import { type ChainedEntry, chainedColumns, chainHash, firstHash } from "./audit-chain"
import { checkChainEnd, type EndBreak } from "./check-chain-end"
import type { Database } from "./client"
import type { Keys } from "./keys"

export type AuditVerdict =
  | {
      readonly ok: true
      readonly sealed: number
      readonly unsealed: number
      /** How far the chain is known from outside the database; null where a rollback would not be seen. */
      readonly anchoredAt: number | null
    }
  | {
      readonly ok: false
      /**
       * `entry-missing`: a place in the chain is empty; `entry-changed`: an entry is not the one that was sealed;
       * `head-missing`, `head-forged`: the signed end of the chain is gone or not ours; `head-differs`: entries were
       * cut off at, or added past, the signed end; `anchor-differs`: what is known from outside the database to have
       * been sealed is not there; `anchor-forged`: what is known is not signed by us.
       */
      readonly because: "entry-missing" | "entry-changed" | EndBreak
      /** The first place found not to hold; where only the signed end does not, the last place before it. */
      readonly seq: number
      readonly entryId: string | null
      readonly unsealed: number
    }

type Broken = Omit<Extract<AuditVerdict, { ok: false }>, "ok" | "unsealed">
type Place = { seq: number; hash: string }
type SealedEntry = ChainedEntry & {
  readonly seq: number | null
  readonly prevHash: string | null
  readonly hash: string | null
}

const pageSize = 1_000

/**
 * Checks the whole chain of audit entries against its signed head, and that against what is known from outside the
 * database. Entries not sealed yet are counted, not checked.
 */
export async function verifyAudit(
  store: Pick<Database, "db"> & { readonly keys: Keys; readonly anchor: AuditAnchor },
): Promise<AuditVerdict> {
  const known = store.anchor.known()
  // The end first: what is sealed while this runs lies beyond it.
  const end = await checkChainEnd(store.db, store)
  const unsealed = await store.db.auditEntry.count({ where: { seq: null } })
  const walked: Place = { seq: 0, hash: firstHash }
  const broken =
    (await walk(store.db, walked, end.head?.seq ?? (end.ok ? 0 : null))) ??
    (end.ok ? endsAt(walked, end.head) : { because: end.because, seq: end.seq ?? walked.seq, entryId: end.entryId })
  if (broken !== null) return { ok: false, ...broken, unsealed }
  return { ok: true, sealed: walked.seq, unsealed, anchoredAt: known === "forged" ? null : (known?.seq ?? null) }
}

/** Follows the chain up to a place, or to its end, until something breaks it. */
async function walk(db: Database["db"], from: Place, last: number | null): Promise<Broken | null> {
  for (;;) {
    const entries = await db.auditEntry.findMany({
      where: { seq: { gt: from.seq, ...(last !== null && { lte: last }) } },
      orderBy: { seq: "asc" },
      take: pageSize,
      select: { ...chainedColumns, seq: true, prevHash: true, hash: true },
    })
    for (const entry of entries) {
      const found = breakAt(from, entry)
      if (found !== null) return found
      from.seq += 1
      from.hash = entry.hash ?? ""
    }
    if (entries.length < pageSize) return null
  }
}

function breakAt(end: Place, entry: SealedEntry): Broken | null {
  const seq = end.seq + 1
  if (entry.seq !== seq) return { because: "entry-missing", seq, entryId: null }
  const isWhole = entry.prevHash === end.hash && entry.hash === chainHash(end.hash, seq, entry)
  return isWhole ? null : { because: "entry-changed", seq, entryId: entry.id }
}

// The end was whole a moment ago: what differs was changed while the chain was followed.
function endsAt(walked: Place, head: Place | null): Broken | null {
  const isEnd = head === null || (head.seq === walked.seq && head.hash === walked.hash)
  return isEnd ? null : { because: "head-differs", seq: walked.seq, entryId: null }
}
