import type { RequestQueue, WaitingCounts } from "@/lib/console/request-types"
import { requestsHref, waitingReasons } from "@/lib/console/requests-address"
import { pairingReasonTitles } from "@/lib/pairing/explain"
import type { PairingReason } from "@/lib/pairing/types"
import { cn } from "@/lib/utils"

const most = 1_000
const inWords = (count: number) => (count > most ? "1 000+" : String(count))

/** Which requests the list shows: those that wait for any reason, or for one. Each says how many those are. */
export function ReasonFilter({
  reason,
  counts,
  whole,
  choose,
}: {
  reason: PairingReason | null
  /** Undefined where they are not known. */
  counts: WaitingCounts | undefined
  whole: RequestQueue
  choose: (reason: PairingReason | null) => void
}) {
  const offered = waitingReasons.filter((each) => each === reason || (counts && counts[each] > 0))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be of a form.
    <div
      role="group"
      aria-label="Show"
      className={cn("flex flex-wrap gap-1", offered.length > 2 && "@max-[21rem]:grid @max-[21rem]:grid-cols-2")}
    >
      <Choice
        isOn={reason === null}
        count={whole.isMore ? (whole.rows.length < most ? `${whole.rows.length}+` : "1 000+") : `${whole.rows.length}`}
        choose={() => choose(null)}
      >
        All
      </Choice>
      {offered.map((each) => (
        <Choice
          key={each}
          isOn={each === reason}
          count={counts ? inWords(counts[each]) : null}
          choose={() => choose(each)}
        >
          {pairingReasonTitles[each]}
        </Choice>
      ))}
    </div>
  )
}

function Choice({
  isOn,
  count,
  choose,
  children,
}: {
  isOn: boolean
  count: string | null
  choose: () => void
  children: React.ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={choose}
      className="inline-flex items-center gap-1.5 justify-center rounded-full border border-line px-1.5 py-px text-xs whitespace-nowrap text-ink-2 transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-10 pointer-coarse:px-3"
    >
      {children}
      {count !== null && <span className="tabular-nums">{count}</span>}
    </button>
  )
}

/** Go to the list of one reason, or of all. */
export function showReason(reason: PairingReason | null, id: string | null): void {
  window.history.pushState(null, "", requestsHref({ id, reason }))
}
