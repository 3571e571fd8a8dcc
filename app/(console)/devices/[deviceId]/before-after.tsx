import { ArrowRightIcon } from "lucide-react"
import type { Scopes } from "@/lib/pairing/types"
import { ScopeChips } from "../scope-chips"

/** What there is beside what there will be. */
export function BeforeAfter({
  what,
  before,
  after,
  look = "current",
}: {
  what: string
  before: Scopes
  after: Scopes
  look?: React.ComponentProps<typeof ScopeChips>["look"]
}) {
  return (
    <div className="grid items-center gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <div className="grid gap-1">
        <p className="text-sm text-ink-3">{what} now</p>
        <ScopeChips scopes={before} look={look} max={12} />
      </div>
      <ArrowRightIcon aria-hidden className="size-4 text-ink-3 max-sm:rotate-90" />
      <div className="grid gap-1">
        <p className="text-sm text-ink-3">{what} afterwards</p>
        <ScopeChips scopes={after} look={look} max={12} />
      </div>
    </div>
  )
}
