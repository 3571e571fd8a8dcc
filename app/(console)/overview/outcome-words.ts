import type { Correction, Outcome } from "@/lib/console/overview-types"

/** What each outcome is called, in the legend and over its column. */
export const outcomeWords: Record<Outcome, { readonly name: string; readonly short: string }> = {
  approved: { name: "Approved by a person", short: "Approved" },
  rejected: { name: "Rejected by a person", short: "Rejected" },
  blocked: { name: "Blocked by a person", short: "Blocked" },
  silent: { name: "Approved silently by a rule", short: "Silent" },
  expired: { name: "Expired unseen", short: "Expired" },
}

/** What became of some decisions afterwards. */
export const correctionWords: Record<Correction, { readonly one: string; readonly more: string }> = {
  undone: { one: "approval undone", more: "approvals undone" },
  reopened: { one: "rejection reopened", more: "rejections reopened" },
}
