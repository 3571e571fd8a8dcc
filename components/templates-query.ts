import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { TemplatesNow } from "@/lib/console/types"

export function templatesQuery() {
  return queryOptions({
    queryKey: ["templates"],
    queryFn: ({ signal }) => fetchJson<TemplatesNow>("/api/templates", signal),
    refetchInterval: soonIfFailed,
  })
}
