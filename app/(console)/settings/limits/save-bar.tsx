import { Instant } from "@/components/time-ago"
import type { SettingsNow } from "@/lib/console/settings-types"
import { cn } from "@/lib/utils"

/**
 * How much would change, at the lower edge of the window with what can be done about it. While nothing was typed it is a
 * line below the form that says who changed something last, and covers nothing.
 */
export function SaveBar({
  isTyped,
  changes,
  mistakes,
  changed,
  children,
}: {
  isTyped: boolean
  changes: number
  mistakes: number
  changed: SettingsNow["changed"]
  children: React.ReactNode
}) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-2",
        isTyped &&
          "sticky bottom-18 z-20 rounded-xl border border-line bg-panel px-4 py-3 shadow-float md:bottom-4 sm:px-5",
      )}
    >
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
      {isTyped && <div className="ml-auto flex gap-2">{children}</div>}
    </div>
  )
}
