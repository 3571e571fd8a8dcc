import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { Shell } from "@/lib/console/types"

export function shellQuery() {
  return queryOptions({
    queryKey: ["shell"],
    queryFn: ({ signal }) => fetchJson<Shell>("/api/shell", signal),
    refetchInterval: soonIfFailed,
  })
}
