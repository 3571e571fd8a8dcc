import { shortScope } from "@/components/scope-name"
import { scopeInWords } from "@/lib/pairing/explain"
import { isDangerous } from "@/lib/pairing/scopes"
import { cn } from "@/lib/utils"

/** Scopes one beside the other: filled where a token holds them, outlined where they are approved. */
export function ScopeChips({
  scopes,
  look,
  max = 5,
  isOneLine = false,
}: {
  scopes: readonly string[]
  look: "current" | "approved"
  max?: number
  isOneLine?: boolean
}) {
  if (scopes.length === 0) return <span className="text-sm leading-6 text-ink-3">no scopes</span>
  const shown = scopes.length > max ? scopes.slice(0, max - 1) : scopes
  const more = scopes.slice(shown.length)
  return (
    <ul className={cn("flex min-w-0 gap-1", isOneLine ? "whitespace-nowrap @max-4xl:flex-wrap" : "flex-wrap py-0.5")}>
      {shown.map((scope) => (
        <li key={scope} className="min-w-0">
          <code
            title={[scope, scopeInWords(scope)].filter(Boolean).join(": ")}
            className={cn(
              "inline-block max-w-44 truncate rounded-sm px-1.5 align-bottom text-xs leading-5",
              look === "current" ? "bg-accent-soft text-accent" : "text-ink-2 ring-1 ring-line ring-inset",
              isDangerous(scope) && (look === "current" ? "bg-danger-soft text-danger" : "text-danger ring-danger/40"),
            )}
          >
            {shortScope(scope)}
          </code>
        </li>
      ))}
      {more.length > 0 && (
        <li className="text-xs leading-5 text-ink-3" title={more.join(", ")}>
          {isOneLine ? `+${more.length}` : `and ${more.length} more`}
        </li>
      )}
    </ul>
  )
}
