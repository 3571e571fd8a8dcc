import type { InBulk } from "@/lib/pairing/bulk"
import type { Ended, RequestView } from "./request-types"

/** A request that somebody selected in the list, and what the list showed of its device's rights then. */
export type SelectedRequest = { readonly requestId: string; readonly rightsRevision: number | null }

/** A request, and the keys of what there was to mind about it where it was shown. */
export type ShownWarnings = { readonly requestId: string; readonly warnings: readonly string[] }

/** A waiting request as it stands among several that are decided together. */
export type BulkRow = InBulk &
  Pick<
    RequestView,
    | ("requestId" | "deviceId" | "label" | "displayName" | "address" | "reason" | "role")
    | ("paired" | "platform" | "commands" | "approvedAs" | "changedClaims" | "warnings")
  > & {
    /** Names what is shown here; an approval of anything else is refused. */
    readonly digest: string
  }

/** One that was selected and does not wait any more. */
export type BulkEnded = Pick<RequestView, "requestId" | "label" | "displayName"> & Pick<Ended, "status" | "endedBy">

/** What one should know before several requests are decided at once. */
export type BulkSummary = {
  /** In the order of the selection. */
  readonly waiting: readonly BulkRow[]
  readonly ended: readonly BulkEnded[]
  /** Whether the policy wants a note with a grant that needs confirmation. */
  readonly isNoteRequired: boolean
  /** How long a rejection would hold. */
  readonly rejectHoldMs: number
}
