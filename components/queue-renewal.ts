import type { QueryClient, QueryKey } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { type Filed, mergeRows, type Queue } from "@/components/merge-rows"

export const queueKey = ["requests", "queue"] as const
const whole = { queryKey: queueKey, exact: true }

type Row = Filed & { readonly deviceId: string }

/** More rows than this are asked for with the whole list: their ids would make too long an address. */
const mostRows = 100
/** An answer that has not come by then may never come; others must not wait for it. */
const patienceMs = 10_000

/** Which rows of the queue may be others now: requests, and all of some devices. */
type About = { readonly requests: ReadonlySet<string>; readonly devices?: ReadonlySet<string> }

/** The key that stands for some rows of the queue, where others name a whole list. */
export function rowsKey(about: { readonly requestId: string } | { readonly deviceId: string }): QueryKey {
  return "requestId" in about ? [...queueKey, "request", about.requestId] : [...queueKey, "device", about.deviceId]
}

const isRow = (key: QueryKey) => key.length === 4 && key[0] === queueKey[0] && key[1] === queueKey[1]

/** Renews what the keys name: lists as a whole, rows of the queue by asking for these rows alone. */
export function renewKeys(queries: QueryClient, keys: readonly QueryKey[]): void {
  for (const queryKey of keys.filter((key) => !isRow(key))) void queries.invalidateQueries({ queryKey })
  const rows = keys.filter(isRow)
  const named = (kind: string) => new Set(rows.filter((key) => key[2] === kind).map((key) => String(key[3])))
  if (rows.length > 0) void renewRows(queries, { requests: named("request"), devices: named("device") })
}

let last: Promise<void> = Promise.resolve()

/** Asks for some rows of the queue. One after the other, so that an old answer never undoes a newer one. */
export function renewRows(queries: QueryClient, about: About): Promise<void> {
  last = last.then(async () => {
    const isRenewed = await askForRows(queries, about).catch(() => false)
    // It may take its time, and rows wait for it only so long.
    if (!isRenewed) void queries.invalidateQueries(whole)
  })
  return last
}

/**
 * Whether the list is as it should be again. Where it failed, came anew meanwhile or is not looked at, it has to be
 * asked for as a whole.
 */
async function askForRows(queries: QueryClient, { requests, devices }: About): Promise<boolean> {
  const query = queries.getQueryCache().find<Queue<Row>>(whole)
  if (!query?.isActive()) return false
  if (query.state.fetchStatus === "fetching") {
    const onItsWay = queries.refetchQueries(whole, { cancelRefetch: false })
    await Promise.race([onItsWay, new Promise((resolve) => setTimeout(resolve, patienceMs))])
  }
  const isSteady = () =>
    query.state.fetchStatus === "idle" && query.state.status === "success" && !query.state.isInvalidated
  const queue = query.state.data
  if (queue === undefined || !isSteady()) return false
  const ofDevices = queue.rows.filter((row) => devices?.has(row.deviceId)).map((row) => row.requestId)
  const ids = new Set([...requests, ...ofDevices])
  if (ids.size === 0) return true
  if (ids.size > mostRows) return false
  const named = new URLSearchParams([...ids].map((id) => ["id", id]))
  const signal = AbortSignal.timeout(patienceMs)
  const waiting = await fetchJson<readonly Row[]>(`/api/requests/waiting?${named}`, signal)
  // Which of the two is the older one cannot be told.
  if (query.state.data !== queue || !isSteady()) return false
  const merged = mergeRows(queue, ids, waiting)
  if (merged !== null) queries.setQueryData(queueKey, merged)
  return merged !== null
}
