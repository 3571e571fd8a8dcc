import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { AdminRow } from "@/lib/console/settings-types"

export function adminsQuery() {
  return queryOptions({
    queryKey: ["settings", "admins"],
    queryFn: ({ signal }) => fetchJson<readonly AdminRow[]>("/api/settings/admins", signal),
    refetchInterval: soonIfFailed,
  })
}
