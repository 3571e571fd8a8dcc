"use client"

import { useId, useState } from "react"
import { Checkbox } from "@/components/ui/checkbox"
import { Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { scopeInWords } from "@/lib/pairing/explain"
import type { PolicyProblem } from "@/lib/pairing/policy-check"
import { isDangerous } from "@/lib/pairing/scopes"
import type { Policy, Scopes } from "@/lib/pairing/types"
import { Problems } from "./list-field"
import { optionIds } from "./option-row"

const usual = ["operator.read", "operator.write", "operator.approvals", "operator.pairing", "operator.admin"]

/** A cap of scopes: the usual ones as ticks, any other one by name. */
export function ScopeField({
  option,
  value,
  problems,
  onChange,
}: {
  option: keyof Policy
  value: Scopes
  problems: readonly PolicyProblem[]
  onChange: (value: Scopes) => void
}) {
  const [others, setOthers] = useState(value.filter((scope) => !usual.includes(scope)).join(" "))
  const ids = optionIds(option)
  const id = useId()
  const change = (ticked: Scopes, written: string) =>
    onChange([...ticked, ...new Set(written.split(/[\s,]+/).filter((scope) => scope !== ""))])
  const ticked = usual.filter((scope) => value.includes(scope))

  return (
    <fieldset aria-labelledby={ids.label} className="grid gap-2.5">
      {usual.map((scope) => (
        <div key={scope} className="flex items-start gap-2.5">
          <Checkbox
            id={`${id}${scope}`}
            className="mt-0.5"
            checked={value.includes(scope)}
            onCheckedChange={(checked) =>
              change(
                usual.filter((each) => (each === scope ? checked === true : ticked.includes(each))),
                others,
              )
            }
          />
          <label htmlFor={`${id}${scope}`} className="grid">
            <code className={isDangerous(scope) ? "text-danger" : ""}>{scope}</code>
            <span className="text-sm text-ink-3">{scopeInWords(scope)}</span>
          </label>
        </div>
      ))}
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}others`}>Other scopes</Label>
        <Input
          id={`${id}others`}
          value={others}
          placeholder="operator.talk"
          spellCheck={false}
          autoCapitalize="none"
          aria-invalid={problems.length > 0}
          aria-describedby={`${id}problems`}
          className="font-mono text-sm"
          onChange={(event) => {
            setOthers(event.target.value)
            change(ticked, event.target.value)
          }}
        />
        <Problems id={`${id}problems`} problems={problems} />
      </div>
    </fieldset>
  )
}
