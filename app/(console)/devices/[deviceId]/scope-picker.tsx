"use client"

import { useId } from "react"
import { ScopeName } from "@/components/scope-name"
import { Badge } from "@/components/ui/badge"
import { Checkbox } from "@/components/ui/checkbox"
import { FieldLegend, FieldSet } from "@/components/ui/field"
import { knownScopes, scopeInWords } from "@/lib/pairing/explain"
import { covers, isDangerous, union } from "@/lib/pairing/scopes"
import type { Scopes } from "@/lib/pairing/types"

/** What can be chosen within a ceiling: its scopes by name, and the narrower ones that a wide one includes. */
export function scopesWithin(ceiling: Scopes): Scopes {
  const [first] = ceiling
  if (first === undefined) return []
  return union(
    ceiling,
    knownScopes.filter((scope) => covers(ceiling, [scope])),
  )
}

/** One tick per scope. A scope that another ticked one includes says so. */
export function ScopePicker({
  legend,
  options,
  chosen,
  onChange,
  noteOf,
}: {
  legend: string
  options: Scopes
  chosen: Scopes
  onChange: (scopes: Scopes) => void
  noteOf?: (scope: string) => string | null
}) {
  const id = useId()
  return (
    <FieldSet>
      <FieldLegend>{legend}</FieldLegend>
      <ul className="grid max-h-72 gap-0.5 overflow-y-auto">
        {options.map((scope) => {
          const isChosen = chosen.includes(scope)
          const wider = isChosen ? undefined : chosen.find((other) => covers([other], [scope]))
          const note = noteOf?.(scope)
          return (
            <li key={scope} className="flex gap-2.5 rounded-md px-1 py-1.5">
              <Checkbox
                id={`${id}${scope}`}
                className="mt-0.5"
                checked={isChosen}
                aria-describedby={`${id}${scope}-about`}
                onCheckedChange={(checked) =>
                  onChange(options.filter((each) => (each === scope ? checked === true : chosen.includes(each))))
                }
              />
              <div className="grid min-w-0 gap-0.5">
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <label htmlFor={`${id}${scope}`}>
                    <ScopeName scope={scope} />
                  </label>
                  {isDangerous(scope) && (
                    <Badge tone="danger">{scope === "operator.admin" ? "everything" : "dangerous"}</Badge>
                  )}
                  {note && <Badge>{note}</Badge>}
                </div>
                <p id={`${id}${scope}-about`} className="text-sm text-ink-3">
                  {wider === undefined ? scopeInWords(scope) : `Included in ${wider}`}
                </p>
              </div>
            </li>
          )
        })}
      </ul>
    </FieldSet>
  )
}
