import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { countsKey, partKey, queueKey } from "@/components/queue-renewal"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { EndedPage, RequestQueue, RequestView, WaitingCounts } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"

export function queueQuery() {
  return queryOptions({
    queryKey: queueKey,
    queryFn: ({ signal }) => fetchJson<RequestQueue>("/api/requests", signal),
    refetchInterval: soonIfFailed,
  })
}

/** The part of the queue that waits for one reason; null where none is looked for. */
export function partQuery(reason: PairingReason | null) {
  return queryOptions({
    queryKey: partKey(reason),
    queryFn: ({ signal }) => fetchJson<RequestQueue>(`/api/requests?reason=${reason}`, signal),
    enabled: reason !== null,
    refetchInterval: soonIfFailed,
  })
}

export function countsQuery() {
  return queryOptions({
    queryKey: countsKey,
    queryFn: ({ signal }) => fetchJson<WaitingCounts>("/api/requests/counts", signal),
    refetchInterval: soonIfFailed,
  })
}

export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ["request", requestId],
    queryFn: ({ signal }) => fetchJson<RequestView | null>(`/api/requests/${encodeURIComponent(requestId)}`, signal),
    refetchInterval: soonIfFailed,
  })
}

export function endedQuery() {
  return infiniteQueryOptions({
    queryKey: ["requests", "ended"],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<EndedPage>(
        pageParam === null ? "/api/requests/ended" : `/api/requests/ended?from=${encodeURIComponent(pageParam)}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: soonIfFailed,
  })
}
