"use client"

import { useId, useState } from "react"
import { problemWords } from "@/components/policy-words"
import { FieldDescription, FieldError } from "@/components/ui/field"
import { Textarea } from "@/components/ui/textarea"
import type { PolicyProblem } from "@/lib/pairing/policy-check"
import type { Policy } from "@/lib/pairing/types"
import { optionIds } from "./option-row"

/** A list, one entry to a line, with what is wrong with it as it is typed. */
export function ListField({
  option,
  value,
  problems,
  placeholder,
  hint,
  onChange,
}: {
  option: keyof Policy
  value: readonly string[]
  problems: readonly PolicyProblem[]
  placeholder: string
  hint?: string
  onChange: (value: readonly string[]) => void
}) {
  const [text, setText] = useState(value.join("\n"))
  const ids = optionIds(option)
  const errorId = useId()
  return (
    <div className="grid gap-1.5">
      <Textarea
        id={ids.control}
        aria-labelledby={ids.label}
        aria-describedby={problems.length > 0 ? errorId : ids.description}
        aria-invalid={problems.length > 0}
        spellCheck={false}
        autoCapitalize="none"
        placeholder={placeholder}
        className="font-mono text-sm"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(linesOf(event.target.value))
        }}
      />
      {hint !== undefined && <FieldDescription>{hint}</FieldDescription>}
      <Problems id={errorId} problems={problems} />
    </div>
  )
}

export function Problems({ id, problems }: { id: string; problems: readonly PolicyProblem[] }) {
  if (problems.length === 0) return null
  return (
    <FieldError id={id}>
      {problems.map(({ value, because }) => (
        <span key={`${value} ${because}`} className="block wrap-anywhere">
          <code>{value}</code> {problemWords[because]}.
        </span>
      ))}
    </FieldError>
  )
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/[\n,]/).map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ""))]
}
