import type { QueryClient, QueryKey } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { type Filed, mergeRows, type Queue } from "@/components/merge-rows"

export const queueKey = ["requests", "queue"] as const
const whole = { queryKey: queueKey, exact: true }

/** The part of a queue that waits for one reason, where the list does not hold all. */
export const partKey = (reason: string | null): QueryKey => [...queueKey, reason]
/** How many wait for each reason, where no list holds all. */
export const countsKey = [...queueKey, "counts"] as const

type Row = Filed & { readonly deviceId: string; readonly reason: string }
type Part = Queue<Row> & { readonly reason: string | null }

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
  // Nobody keeps it up to date once nobody looks at it.
  queries.removeQueries({ queryKey: queueKey, type: "inactive", predicate: ({ queryKey }) => !isWhole(queryKey) })
  last = last.then(async () => {
    const isRenewed = await askForRows(queries, about).catch(() => false)
    // It may take its time, and rows wait for it only so long.
    void queries.invalidateQueries(isRenewed ? { queryKey: countsKey } : { queryKey: queueKey })
  })
  return last
}

/**
 * Whether the list is as it should be again. Where it failed, came anew meanwhile or is not looked at, it has to be
 * asked for as a whole.
 */
async function askForRows(queries: QueryClient, { requests, devices }: About): Promise<boolean> {
  const query = queries.getQueryCache().find<Part>(whole)
  if (!query?.isActive()) return false
  if (query.state.fetchStatus === "fetching") {
    const onItsWay = queries.refetchQueries(whole, { cancelRefetch: false })
    await Promise.race([onItsWay, new Promise((resolve) => setTimeout(resolve, patienceMs))])
  }
  const isSteady = () =>
    query.state.fetchStatus === "idle" && query.state.status === "success" && !query.state.isInvalidated
  const queue = query.state.data
  if (queue === undefined || !isSteady()) return false
  const parts = queries.getQueriesData<Part>({ queryKey: queueKey, type: "active", predicate: isPart })
  const listed = [queue, ...parts.map(([, part]) => part)].flatMap((part) => part?.rows ?? [])
  const ofDevices = listed.filter((row) => devices?.has(row.deviceId)).map((row) => row.requestId)
  const ids = new Set([...requests, ...ofDevices])
  if (ids.size === 0) return true
  if (ids.size > mostRows) return false
  const named = new URLSearchParams([...ids].map((id) => ["id", id]))
  const signal = AbortSignal.timeout(patienceMs)
  const waiting = await fetchJson<readonly Row[]>(`/api/requests/waiting?${named}`, signal)
  // Which of the two is the older one cannot be told.
  if (query.state.data !== queue || !isSteady()) return false
  const merged = mergeRows(queue, ids, waiting)
  if (merged !== null) queries.setQueryData(queueKey, { ...queue, ...merged })
  for (const [queryKey, part] of parts) {
    const isSame = part !== undefined && queries.getQueryData(queryKey) === part && !queries.isFetching({ queryKey })
    const renewed = isSame ? mergePart(part, ids, waiting) : null
    if (renewed !== null) queries.setQueryData(queryKey, renewed)
    else if (merged !== null) void queries.invalidateQueries({ queryKey })
  }
  return merged !== null
}

const isWhole = (key: QueryKey) => key.length === queueKey.length
const isPart = ({ queryKey }: { readonly queryKey: QueryKey }) => !isWhole(queryKey) && queryKey[2] !== countsKey[2]

/** A part of the queue, once some of the requests that wait were looked up again. */
function mergePart(part: Part, ids: ReadonlySet<string>, waiting: readonly Row[]): Queue<Row> | null {
  // What waits for another reason never was in this part.
  const others = new Set(waiting.filter((row) => row.reason !== part.reason).map((row) => row.requestId))
  const own = waiting.filter((row) => !others.has(row.requestId))
  const merged = mergeRows(part, new Set([...ids].filter((id) => !others.has(id))), own)
  return merged && { ...part, ...merged }
}
