import { ArrowRightIcon } from "lucide-react"
import { DialogFooter } from "@/components/ui/dialog"
import type { RoleView } from "@/lib/console/device-types"
import type { Scopes } from "@/lib/pairing/types"
import { ScopeChips } from "../scope-chips"
import type { Effect } from "./edit-choice"

/**
 * The foot of an edit: what there is beside what there will be, how many connections close, and the buttons. The table
 * above it may be long; this stays in sight while one ticks.
 */
export function EditFoot({
  role,
  effect,
  sessions,
  children,
}: {
  role: RoleView
  effect: Effect
  /** Live connections of the role. */
  sessions: number
  children: React.ReactNode
}) {
  const { plan, token, isNothing, closes } = effect
  const closing = closes ? sessions : 0
  return (
    <div className="sticky bottom-0 z-1 -mx-5 -mb-5 grid gap-2.5 border-t border-line bg-panel px-5 py-3 sm:-bottom-6 sm:-mx-6 sm:-mb-6 sm:rounded-b-xl sm:px-6 short:static">
      <section
        aria-label="Before and after"
        className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1"
      >
        <Change what="Approved" look="approved" before={role.ceiling} after={plan.after} />
        {token !== null && <Change what="Token" look="current" {...token} />}
        <p role="status" className="col-span-full text-sm text-ink-2">
          {isNothing ? "Nothing is changed yet." : closingWords(closing)}
        </p>
      </section>
      <DialogFooter className="flex-row flex-wrap justify-end">{children}</DialogFooter>
    </div>
  )
}

function closingWords(count: number): string {
  if (count === 0) return "No live connection is closed."
  return count === 1 ? "1 live connection is closed." : `${count} live connections are closed.`
}

function Change({
  what,
  look,
  before,
  after,
}: {
  what: string
  look: React.ComponentProps<typeof ScopeChips>["look"]
  before: Scopes
  after: Scopes
}) {
  return (
    <>
      <h3 className="text-sm text-ink-3">{what}</h3>
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="sr-only">now </span>
        <ScopeChips scopes={before} look={look} max={4} />
        <ArrowRightIcon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <span className="sr-only">afterwards </span>
        <ScopeChips scopes={after} look={look} max={6} />
      </div>
    </>
  )
}
