import { shortScope } from "@/components/scope-name"
import type { CutOffSummary } from "@/lib/pairing/at-once"
import { isDangerous } from "@/lib/pairing/scopes"
import { cn } from "@/lib/utils"

/** Scopes with how many devices hold each, the dangerous ones first. */
export function ScopeCounts({ scopes }: { scopes: CutOffSummary["scopes"] }) {
  if (scopes.length === 0) return <p className="text-sm text-ink-3">no scopes</p>
  const rank = ({ scope }: { scope: string }) => (isDangerous(scope) ? 0 : 1)
  return (
    <ul className="flex flex-wrap gap-1.5">
      {scopes
        .toSorted((first, second) => rank(first) - rank(second))
        .map(({ scope, devices }) => (
          <li
            key={scope}
            className={cn(
              "rounded-sm px-1.5 text-xs leading-5 ring-1 ring-line ring-inset",
              isDangerous(scope) && "text-danger ring-danger/40",
            )}
          >
            <code>{shortScope(scope)}</code> <span className="tabular-nums">{devices}</span>
          </li>
        ))}
    </ul>
  )
}
