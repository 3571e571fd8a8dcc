import { Instant } from "@/components/time-ago"
import type { SettingsNow } from "@/lib/console/settings-types"

/** Stays in sight at the lower edge: how much would change, and who changed something last. */
export function SaveBar({
  changes,
  mistakes,
  changed,
  children,
}: {
  changes: number
  mistakes: number
  changed: SettingsNow["changed"]
  children: React.ReactNode
}) {
  return (
    <div className="sticky bottom-14 z-10 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-panel px-4 py-3 shadow-raised md:bottom-4 sm:px-5">
      <p role="status" className="mr-auto text-sm text-ink-2">
        {mistakes > 0 && "Nothing is saved yet: look at what is marked. "}
        {mistakes === 0 &&
          changes > 0 &&
          (changes === 1 ? "1 change, not saved yet" : `${changes} changes, not saved yet`)}
        {changes === 0 && changed === null && "As installed"}
        {changes === 0 && changed !== null && (
          <>
            Last changed <Instant atMs={changed.atMs} /> by {changed.by}
          </>
        )}
      </p>
      {children}
    </div>
  )
}
