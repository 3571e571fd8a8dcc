import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { SessionRow } from "@/lib/console/settings-types"

export function sessionsQuery() {
  return queryOptions({
    queryKey: ["me", "sessions"],
    queryFn: ({ signal }) => fetchJson<readonly SessionRow[]>("/api/account/sessions", signal),
    refetchInterval: soonIfFailed,
  })
}
