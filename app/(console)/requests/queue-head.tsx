import { Button } from "@/components/ui/button"
import type { QueueSelection } from "./bulk/use-queue-selection"

/** The name of the queue and how many wait. What came while somebody decides waits behind a button. */
export function QueueHead({
  count,
  arrived,
  showArrived,
  selection,
  filter,
}: {
  /** Null where it is not known. */
  count: string | null
  arrived: number
  showArrived: () => void
  /** Null where there is nothing to select, or nobody who decides. */
  selection: QueueSelection | null
  /** The choice of which of them are shown. */
  filter: React.ReactNode
}) {
  return (
    <header className="sticky top-0 z-10 grid gap-2 border-b border-line-soft bg-ground px-4 pt-4 pb-3 sm:px-5">
      <div className="flex items-center gap-3">
        <h1
          data-slot="queue-name"
          tabIndex={-1}
          className="text-xl font-semibold tracking-tight outline-none focus-visible:underline"
        >
          Requests
        </h1>
        {arrived > 0 && (
          // No higher than the line it stands in, so that the list below does not move.
          <Button size="sm" variant="primary" onClick={showArrived} className="-my-2 ml-auto rounded-full">
            {arrived} new
          </Button>
        )}
        <p role="status" className="text-sm text-ink-3 tabular-nums not-[button+*]:ml-auto">
          {count !== null && `${count} waiting`}
          {/* The button says it to eyes alone: that it came is not read out. */}
          {arrived > 0 && <span className="sr-only"> ({arrived} new)</span>}
        </p>
        {selection && !selection.isMode && (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => selection.setMode(true)}
            className="-my-2 -mr-2 hidden pointer-coarse:inline-flex"
          >
            Select
          </Button>
        )}
      </div>
      <div className="@container empty:hidden">{filter}</div>
    </header>
  )
}
