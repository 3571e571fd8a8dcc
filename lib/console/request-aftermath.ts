import { type AuditSide, undoingActions } from "@/lib/store/audit-actions"
import type { Prisma } from "@/lib/store/generated/sqlite/client"
import type { Store } from "@/lib/store/store"
import { undoMs } from "@/lib/store/undo-approval"
import { actorKind, sideOf } from "./audit-rows"
import type { Aftermath } from "./request-types"

type EndedRequest = {
  readonly requestId: string
  readonly deviceId: string
  readonly status: string
  readonly endedAtMs: number | null
}

/** Neither dropped with anything nor undone. */
export const noAftermath: Aftermath = { droppedWith: null, undone: null }

const dropping = { "device.blocked": "blocked", "device.removed": "removed", "request.approved": "replaced" } as const

/**
 * What the audit log knows of ended requests beside their rows: with what a dropped one ended, and who undid an
 * approval. Those without any are left out.
 */
export async function readAftermaths(
  { db }: Pick<Store, "db">,
  requests: readonly EndedRequest[],
): Promise<ReadonlyMap<string, Aftermath>> {
  const asked = requests.flatMap(conditionOf)
  if (asked.length === 0) return new Map()
  const entries = await db.auditEntry.findMany({
    where: { OR: asked },
    select: { action: true, atMs: true, actorKind: true, actorName: true, before: true, after: true },
  })
  const found = new Map<string, Aftermath>()
  for (const entry of entries) {
    const [before, after] = [sideOf(entry.before), sideOf(entry.after)]
    if (typeof after?.undoes === "string") {
      const by = { kind: actorKind(entry.actorKind), name: entry.actorName }
      found.set(after.undoes, { droppedWith: null, undone: { atMs: entry.atMs, by, removed: list(after.removed) } })
    }
    const droppedWith = Object.entries(dropping).find(([action]) => action === entry.action)?.[1]
    if (droppedWith === undefined) continue
    for (const requestId of list(after?.dropped ?? before?.dropped) ?? [])
      found.set(requestId, { droppedWith, undone: null })
  }
  return found
}

function list(value: AuditSide[string] | undefined): readonly string[] | null {
  return Array.isArray(value) ? value.map(String) : null
}

/** Where the log has it: at the instant of the end, or within the time in which an approval can be undone. */
function conditionOf({ deviceId, status, endedAtMs }: EndedRequest): readonly Prisma.AuditEntryWhereInput[] {
  if (endedAtMs === null) return []
  if (status === "dropped") return [{ deviceId, atMs: endedAtMs, action: { in: Object.keys(dropping) } }]
  if (status !== "approved") return []
  return [{ deviceId, atMs: { gte: endedAtMs, lte: endedAtMs + undoMs }, action: { in: [...undoingActions] } }]
}
