"use client"

import { useId, useState } from "react"
import { Checkbox } from "@/components/ui/checkbox"
import { Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { knownScopes, scopeInWords } from "@/lib/pairing/explain"
import { isDangerous } from "@/lib/pairing/scopes"
import type { Role, Scopes } from "@/lib/pairing/types"

/** The scopes of a template: those that this release has words for as ticks, any other one by name. */
export function TemplateScopes({
  role,
  scopes,
  onChange,
}: {
  role: Role
  scopes: Scopes
  onChange: (scopes: Scopes) => void
}) {
  const id = useId()
  const known = role === "operator" ? knownScopes : []
  const [written, setWritten] = useState(() => scopes.filter((scope) => !known.includes(scope)).join(" "))
  const ticked = known.filter((scope) => scopes.includes(scope))
  const change = (ticks: Scopes, text: string) =>
    onChange([...ticks, ...new Set(text.split(/[\s,]+/).filter((scope) => scope !== "" && !known.includes(scope)))])

  return (
    <fieldset className="grid gap-3">
      <legend className="sr-only">Scopes</legend>
      {known.length > 0 && (
        <div className="grid gap-2 sm:grid-cols-2">
          {known.map((scope) => (
            <div key={scope} className="flex items-start gap-2.5">
              <Checkbox
                id={`${id}${scope}`}
                className="mt-0.5"
                checked={scopes.includes(scope)}
                onCheckedChange={(checked) =>
                  change(
                    known.filter((each) => (each === scope ? checked === true : ticked.includes(each))),
                    written,
                  )
                }
              />
              <label htmlFor={`${id}${scope}`} className="grid min-w-0">
                <code className={isDangerous(scope) ? "text-danger" : ""}>{scope}</code>
                <span className="text-sm text-ink-3">{scopeInWords(scope)}</span>
              </label>
            </div>
          ))}
        </div>
      )}
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}others`}>Other scopes</Label>
        <Input
          id={`${id}others`}
          value={written}
          placeholder={role === "operator" ? "operator.plugins" : "node.camera"}
          spellCheck={false}
          autoCapitalize="none"
          className="font-mono text-sm"
          onChange={(event) => {
            setWritten(event.target.value)
            change(ticked, event.target.value)
          }}
        />
      </div>
    </fieldset>
  )
}
