import { Fragment } from "react"
import { scopeInWords } from "@/lib/pairing/explain"
import { cn } from "@/lib/utils"

/** A scope without the prefix that its role says already: `operator.read` becomes `read`. */
export function shortScope(scope: string): string {
  return scope.replace(/^(operator|node)\./, "")
}

export function ScopeName({ scope, short = false, className }: { scope: string; short?: boolean; className?: string }) {
  return (
    <code title={scopeInWords(scope) ?? undefined} className={cn("[overflow-wrap:anywhere]", className)}>
      <Breaking text={short ? shortScope(scope) : scope} />
    </code>
  )
}

/** A name that is broken after a dot, where it must be. */
function Breaking({ text }: { text: string }) {
  return text.split(/(?<=\.)/).map((part, index, parts) => (
    <Fragment key={parts.slice(0, index).join("")}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

/** Scopes in a sentence: "read, write and admin". */
export function ScopeNames({ scopes, max = 4 }: { scopes: readonly string[]; max?: number }) {
  const shown = scopes.length > max ? scopes.slice(0, max - 1) : scopes
  const more = scopes.length - shown.length
  return shown.map((scope, index) => (
    <span key={scope}>
      {index > 0 && (more === 0 && index === shown.length - 1 ? " and " : ", ")}
      <ScopeName scope={scope} short />
      {more > 0 && index === shown.length - 1 && ` and ${more} more`}
    </span>
  ))
}

/** What each of some scopes lets its holder do, as lines of a list. */
export function ScopeMeanings({ scopes }: { scopes: readonly string[] }) {
  return scopes.map((scope) => (
    <li key={scope}>
      <code>{scope}</code>: {scopeInWords(scope) ?? "unknown to this release"}.
    </li>
  ))
}
