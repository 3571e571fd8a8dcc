import "server-only"
import { requireAdmin } from "@/lib/auth/admin"
import { currentStore, now } from "@/lib/store/instance"
import { type OverviewQuestion, readOverview } from "./overview-figures"
import type { Overview } from "./overview-types"

/** What there is to know at a glance: what waits, how it was decided, and how the devices fare. */
export async function loadOverview(question: OverviewQuestion): Promise<Overview> {
  await requireAdmin("overview.see")
  return readOverview(currentStore(), question, now())
}
