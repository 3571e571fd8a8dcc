import { rightsUsed } from "@/lib/pairing/method-scopes"
import { ofRole } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"
import type { Store } from "@/lib/store/store"
import type { UnusedRights } from "./device-types"

const dayMs = 86_400_000
/** How long a device must have been watched before its page says what it does not use. */
export const watchedDays = 30

/**
 * What of its approved operator scopes a device did not use for thirty days, by the methods that it called through the
 * door. Null where there is nothing to say: it was not watched for so long, or it used all.
 */
export async function readUnused(
  store: Store,
  { deviceId, ceiling, pairedAtMs, nowMs }: { deviceId: string; ceiling: Scopes; pairedAtMs: number; nowMs: number },
): Promise<UnusedRights | null> {
  const today = Math.floor(nowMs / dayMs)
  const fromDay = today - watchedDays
  const operator = ofRole(ceiling, "operator")
  if (operator.length === 0 || pairedAtMs > fromDay * dayMs) return null
  const first = await store.db.methodUse.findFirst({
    where: { deviceId, day: { lte: fromDay } },
    select: { day: true },
  })
  if (first === null) return null
  const sums = await store.db.methodUse.groupBy({
    by: ["method"],
    where: { deviceId, day: { gte: fromDay } },
    _sum: { count: true, refused: true },
    _max: { missingScope: true },
  })
  const used = rightsUsed(
    operator,
    sums.map(({ method, _sum, _max }) => ({
      method,
      count: _sum.count ?? 0,
      refused: _sum.refused ?? 0,
      missingScope: _max.missingScope,
    })),
  )
  return used.unused.length === 0 ? null : { ...used, days: watchedDays }
}
