import "server-only"
import type { Policy } from "@/lib/pairing/types"
import { lookOf, lookTerm, pairedLookSql } from "@/lib/store/lookalike"
import type { Store } from "@/lib/store/store"
import { isLive } from "./live-requests"

type Asking = { readonly requestId: string; readonly deviceId: string; readonly displayName: string | null }

/** Requests that are gone through for a name: more than wait at any time but under attack. */
const mostWaiting = 200

/** The requests that wait, the oldest first, by what they are told apart with. */
export async function readNames({ db }: Pick<Store, "db">, policy: Pick<Policy, "pendingTtlMs">) {
  return db.request.findMany({
    where: { status: "pending", ...isLive(policy) },
    orderBy: [{ filedAtMs: "asc" }, { requestId: "asc" }],
    select: { requestId: true, deviceId: true, displayName: true, address: true },
    take: mostWaiting,
  })
}

/** Which of some waiting requests go by nearly the same name as another key, that is paired or asks too. */
export async function readLookalikes(
  store: Store,
  rows: readonly Asking[],
  policy: Pick<Policy, "pendingTtlMs">,
): Promise<ReadonlySet<string>> {
  const asked = rows.flatMap(({ requestId, deviceId, displayName }) => {
    const term = lookTerm(displayName)
    return term === null ? [] : [[requestId, term, deviceId]]
  })
  if (asked.length === 0) return new Set()
  const [paired, waiting] = await Promise.all([
    store.readRows(pairedLookSql(store.dialect), [JSON.stringify(asked)]),
    readNames(store, policy),
  ])
  const keys = new Map<string | null, Set<string>>()
  for (const { deviceId, displayName } of waiting) {
    const look = lookOf(displayName)
    keys.set(look, (keys.get(look) ?? new Set()).add(deviceId))
  }
  const alike = rows.filter(({ displayName, deviceId }) => {
    const look = lookOf(displayName)
    const others = look === null ? undefined : keys.get(look)
    return others !== undefined && others.size > (others.has(deviceId) ? 1 : 0)
  })
  return new Set([...paired.map((row) => String(row.id)), ...alike.map((row) => row.requestId)])
}
