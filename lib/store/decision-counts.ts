import type { Actor } from "./actor"
import { type AuditAction, type AuditSide, undoneApproval } from "./audit-actions"
import { dayMs } from "./observed"
import type { Tx } from "./transaction"

/** The audit entries that say how it went on with a request for rights, as the overview counts them. */
export const countedActions = [
  "request.approved",
  "request.rejected",
  "request.reopened",
  "request.expired",
  "device.approved-silently",
  "device.blocked",
] as const satisfies readonly AuditAction[]

export type CountedAction = (typeof countedActions)[number] | typeof undoneApproval

/** How many rows share one count on PostgreSQL, where whoever adds to a row keeps it until the transaction is over. */
const parts = 8

/**
 * Counts an audit entry of a decision for its day, in the transaction that writes it, so that the counts are those of
 * the log at any time. Other entries are not counted.
 */
export async function countDecision(
  tx: Tx,
  entry: {
    readonly action: AuditAction
    readonly actor: Actor
    readonly atMs: number
    readonly deviceId?: string | null | undefined
    readonly after?: AuditSide | null | undefined
  },
): Promise<void> {
  const undoes = typeof entry.after?.undoes === "string"
  const action = undoes ? undoneApproval : countedActions.find((counted) => counted === entry.action)
  if (action === undefined) return
  const day = Math.floor(entry.atMs / dayMs)
  const part = tx.dialect === "sqlite" ? 0 : partOf(entry.deviceId ?? "")
  await tx.direct.run(
    `INSERT INTO "DecisionCount" ("day", "action", "actorKind", "actor", "part", "count") VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT ("day", "action", "actorKind", "actor", "part") DO UPDATE SET "count" = "DecisionCount"."count" + 1`,
    [day, action, entry.actor.kind, countedAs(entry.actor), part],
  )
}

function countedAs(actor: Actor): string {
  switch (actor.kind) {
    case "admin":
      return actor.id
    case "rule":
      return actor.name
    case "wire":
    case "device":
    case "system":
      return ""
  }
}

// Always the same part for one device: a transaction locks its counts in the order of its entries.
function partOf(deviceId: string): number {
  return [...deviceId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % parts
}
