import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { GatewayFacts, SettingsNow, SharedTokenFacts } from "@/lib/console/settings-types"

export function limitsQuery() {
  return queryOptions({
    queryKey: ["settings", "limits"],
    queryFn: ({ signal }) => fetchJson<SettingsNow>("/api/settings/limits", signal),
    refetchInterval: soonIfFailed,
  })
}

export function sharedTokenQuery() {
  return queryOptions({
    queryKey: ["settings", "token"],
    queryFn: ({ signal }) => fetchJson<SharedTokenFacts>("/api/settings/token", signal),
    refetchInterval: soonIfFailed,
  })
}

const gatewayMs = 10_000

/** Sockets come and go with devices. A proxy that passes by is told by nobody, so it is asked for too. */
export function gatewayQuery() {
  return queryOptions({
    queryKey: ["presence", "gateway"],
    queryFn: ({ signal }) => fetchJson<GatewayFacts>("/api/settings/gateway", signal),
    refetchInterval: gatewayMs,
  })
}
