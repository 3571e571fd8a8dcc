import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import type { UpstreamFacts } from "@/lib/console/upstream-types"

export function upstreamQuery() {
  return queryOptions({
    queryKey: ["settings", "upstream"],
    queryFn: ({ signal }) => fetchJson<UpstreamFacts>("/api/settings/upstream", signal),
    // Latencies and counts move without anybody telling.
    refetchInterval: 5_000,
  })
}
