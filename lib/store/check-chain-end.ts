import type { AuditAnchor } from "./audit-anchor"
import { headText } from "./audit-chain"
import type { Prisma } from "./generated/sqlite/client"
import type { Keys } from "./keys"

/** What can be wrong with the end of the chain of audit entries. */
export type EndBreak = "head-missing" | "head-forged" | "head-differs" | "anchor-differs" | "anchor-forged"

/** What does not hold, as half a sentence. */
export const endBreakSentences: Record<EndBreak, string> = {
  "head-missing": "the signed end of the chain is gone",
  "head-forged": "the end of the chain is not signed with this server's key",
  "head-differs": "entries were cut off or added after the signed end",
  "anchor-differs":
    "the chain is not the one that had been sealed: the database was put back to an earlier state, or chained anew",
  "anchor-forged": "the file audit-anchor of the data directory is not signed with this server's key",
}

export type ChainEnd =
  | { readonly ok: true; readonly head: Head | null }
  | {
      readonly ok: false
      readonly because: EndBreak
      readonly head: Head | null
      /** The place that was sealed and is not there, where one is known. */
      readonly seq: number | null
      /** An entry that has a place outside the chain. */
      readonly entryId: string | null
    }

type Head = {
  readonly seq: number
  readonly hash: string
  readonly keyId: string
  readonly signature: string
  readonly atMs: number
}
type Rows = Pick<Prisma.TransactionClient, "auditHead" | "auditEntry">

/**
 * Whether the chain of audit entries ends where this server sealed it, so that one may go on from there: the head is
 * ours, the last entry is the one it names, none has a place outside, and what is known from outside the database to
 * have been sealed is still there. Costs four look-ups, however long the chain is.
 */
export async function checkChainEnd(
  rows: Rows,
  { keys, anchor }: { readonly keys: Keys; readonly anchor: AuditAnchor },
): Promise<ChainEnd> {
  // The anchor first: what another sealer adds meanwhile lies behind it.
  const known = anchor.known()
  const { head, outside } = await readEnd(rows)
  const broken = (because: EndBreak, seq: number | null = null): ChainEnd => {
    return { ok: false, because, head, seq, entryId: outside?.id ?? null }
  }

  if (known === "forged") return broken("anchor-forged")
  if (head === null) return outside === null && known === null ? { ok: true, head } : broken("head-missing")
  if (!keys.isSigned(headText(head), head.keyId, head.signature)) return broken("head-forged")
  if (outside !== null || !(await isAt(rows, head))) return broken("head-differs")
  if (known !== null && (known.seq > head.seq || !(await isAt(rows, known)))) return broken("anchor-differs", known.seq)
  return { ok: true, head }
}

/** The head, and an entry with a place outside of what it covers, as of one moment even while others seal. */
async function readEnd(rows: Rows): Promise<{ head: Head | null; outside: { id: string } | null }> {
  let head = await rows.auditHead.findUnique({ where: { id: 1 } })
  for (;;) {
    const outside = await rows.auditEntry.findFirst({
      where: { OR: [{ seq: { gt: head?.seq ?? 0 } }, { seq: { lt: 1 } }] },
      select: { id: true },
    })
    if (outside === null) return { head, outside }
    // An entry and the head that covers it are committed together, so a head that is read later covers it.
    const later = await rows.auditHead.findUnique({ where: { id: 1 } })
    if (later?.seq === head?.seq) return { head: later, outside }
    head = later
  }
}

async function isAt(rows: Rows, { seq, hash }: { seq: number; hash: string }): Promise<boolean> {
  const entry = await rows.auditEntry.findUnique({ where: { seq }, select: { hash: true } })
  return entry?.hash === hash
}
