import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { currentStore } from "@/lib/store/instance"
import { loadUpstream } from "@/lib/store/upstream"
import type { UpstreamFacts } from "./upstream-types"

/** How the gateway behind is, and what an owner set about it; never its secret. */
export async function loadUpstreamFacts(): Promise<UpstreamFacts> {
  await requireAdmin("settings.see")
  const store = currentStore()
  const report = store.upstream.report()
  const stored = await loadUpstream(store)
  return {
    report,
    stored: stored && { url: stored.url, secretKind: stored.secret?.kind ?? null },
    isSetByEnvironment: report.source === "environment",
  }
}
