import type { BulkSummary } from "@/lib/console/bulk-types"
import { RequestName } from "../request-name"

/** Which of the selected requests wait no more, and how they ended. */
export function EndedMeanwhile({ ended }: { ended: BulkSummary["ended"] }) {
  if (ended.length === 0) return null
  return (
    <section aria-label="Ended meanwhile" className="text-sm text-ink-2">
      <h3 className="font-semibold text-ink">Ended meanwhile ({ended.length})</h3>
      <ul>
        {ended.map(({ requestId, label, displayName, status, endedBy }) => (
          <li key={requestId} className="wrap-anywhere">
            <RequestName label={label} displayName={displayName} />: {status}
            {endedBy?.kind === "admin" && ` by ${endedBy.name}`}
          </li>
        ))}
      </ul>
    </section>
  )
}
