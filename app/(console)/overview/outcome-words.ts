import type { Outcome } from "@/lib/console/overview-types"

/** What each outcome is called, in the legend and over its column. */
export const outcomeWords: Record<Outcome, { readonly name: string; readonly short: string }> = {
  approved: { name: "Approved by a person", short: "Approved" },
  rejected: { name: "Rejected by a person", short: "Rejected" },
  silent: { name: "Approved silently by a rule", short: "Silent" },
  expired: { name: "Expired unseen", short: "Expired" },
}
