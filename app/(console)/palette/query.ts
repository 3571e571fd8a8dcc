import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { Found } from "@/lib/console/search-types"

/** What a text finds. What the last one found stays until the next is known, marked as such. */
export function foundQuery(text: string) {
  return queryOptions({
    queryKey: ["found", text],
    queryFn: ({ signal }) => fetchJson<Found>(`/api/search?q=${encodeURIComponent(text)}`, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    refetchInterval: soonIfFailed,
  })
}
