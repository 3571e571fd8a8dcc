import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { AuditNews } from "@/lib/console/types"

const sealingMs = 1_500

/** What came since the page was loaded: asked again whenever an entry is written, and until its own are sealed. */
export function auditNews(filterQuery: string, newest: string | null, unsealed: readonly string[]) {
  const query = new URLSearchParams(filterQuery)
  if (newest !== null) query.set("newest", newest)
  if (unsealed.length > 0) query.set("unsealed", unsealed.join(" "))
  return queryOptions({
    queryKey: ["audit", "news", query.toString()],
    queryFn: ({ signal }) => fetchJson<AuditNews>(`/api/audit/news?${query}`, signal),
    refetchInterval: (query) =>
      unsealed.some((id) => !(id in (query.state.data?.seals ?? {}))) ? sealingMs : soonIfFailed(query),
  })
}
