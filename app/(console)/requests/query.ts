import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import type { EndedPage, RequestQueue, RequestView } from "@/lib/console/request-types"

export function queueQuery() {
  return queryOptions({
    queryKey: ["requests", "queue"],
    queryFn: ({ signal }) => fetchJson<RequestQueue>("/api/requests", signal),
  })
}

export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ["request", requestId],
    queryFn: ({ signal }) => fetchJson<RequestView | null>(`/api/requests/${encodeURIComponent(requestId)}`, signal),
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
  })
}
