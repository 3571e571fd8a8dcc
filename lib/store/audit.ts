import { type Actor, actorId } from "./actor"
import type { AuditAction, AuditSide } from "./audit-actions"
import { countDecision } from "./decision-counts"
import { insertRows } from "./insert-rows"
import { newId } from "./new-id"
import type { Tx } from "./transaction"

export type AuditRecord = {
  readonly action: AuditAction
  readonly actor: Actor
  readonly atMs: number
  readonly deviceId?: string | null
  /** What it is about besides the device: a request, an admin, a role, a policy version. */
  readonly subject?: string | null
  readonly before?: AuditSide | null
  readonly after?: AuditSide | null
  readonly note?: string | null
}

/**
 * Writes one audit entry in the transaction of the change it is about, so that there is neither without the other.
 * The sealer chains it within a second after the commit. Returns the id of the entry.
 */
export async function recordAudit(tx: Tx, record: AuditRecord): Promise<string> {
  const entry = toRow(record)
  await insertRows(tx, "AuditEntry", [entry])
  await countDecision(tx, record)
  tx.announce({ kind: "audit", entryId: entry.id })
  return entry.id
}

/** Writes audit entries like `recordAudit`, together, about as many subjects. Returns their ids in this order. */
export async function recordAudits(tx: Tx, records: readonly AuditRecord[]): Promise<readonly string[]> {
  const entries = records.map(toRow)
  await insertRows(tx, "AuditEntry", entries)
  for (const record of records) await countDecision(tx, record)
  for (const { id } of entries) tx.announce({ kind: "audit", entryId: id })
  return entries.map(({ id }) => id)
}

function toRow(record: AuditRecord) {
  const { action, actor, atMs, deviceId = null, subject = null, before = null, after = null, note = null } = record
  return {
    ...{ id: newId(), atMs, action, deviceId, subject, note },
    actorKind: actor.kind,
    actorId: actorId(actor),
    actorName: actor.name,
    before: before === null ? null : JSON.stringify(before),
    after: after === null ? null : JSON.stringify(after),
  }
}
