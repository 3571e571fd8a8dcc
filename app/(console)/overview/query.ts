import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { Overview, OverviewPeriod } from "@/lib/console/overview-types"

export function overviewQuery(period: OverviewPeriod, allRotations: boolean) {
  const query = new URLSearchParams({ days: String(period), ...(allRotations && { rotations: "all" }) })
  return queryOptions({
    queryKey: ["overview", query.toString()],
    queryFn: ({ signal }) => fetchJson<Overview>(`/api/overview?${query}`, signal),
    refetchInterval: soonIfFailed,
  })
}
