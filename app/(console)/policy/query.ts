import { queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"

/** Which version of the policy is in force, beside the one that the page shows. */
export function policyVersion(shown: number) {
  return queryOptions({
    queryKey: ["policy", "version"],
    queryFn: ({ signal }) => fetchJson<{ version: number }>("/api/policy", signal),
    placeholderData: { version: shown },
    refetchInterval: soonIfFailed,
  })
}
