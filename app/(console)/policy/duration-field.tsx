"use client"

import { useId, useState } from "react"
import { durationWords } from "@/components/policy-words"
import { FieldError } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Select } from "@/components/ui/select"
import { policyLimits } from "@/lib/pairing/policy-check"
import { optionIds } from "./option-row"

const units = [
  { name: "minutes", sizeMs: 60_000 },
  { name: "hours", sizeMs: 3_600_000 },
  { name: "days", sizeMs: 86_400_000 },
] as const

const [minutes] = units

function fitting(durationMs: number) {
  return [...units].reverse().find(({ sizeMs }) => durationMs !== 0 && durationMs % sizeMs === 0) ?? minutes
}

/** A duration in a unit that suits it. */
export function DurationField({
  option,
  value,
  isWrong,
  onChange,
}: {
  option: keyof typeof policyLimits
  value: number
  isWrong: boolean
  onChange: (valueMs: number) => void
}) {
  const [unit, setUnit] = useState<(typeof units)[number]>(() => fitting(value))
  const [amount, setAmount] = useState(() => String(value / fitting(value).sizeMs))
  const ids = optionIds(option)
  const errorId = useId()
  const { least, most } = policyLimits[option]
  const tell = (text: string, sizeMs: number) => onChange(text.trim() === "" ? Number.NaN : Number(text) * sizeMs)

  return (
    <div className="grid gap-1.5">
      <div className="flex gap-2">
        <Input
          id={ids.control}
          aria-labelledby={ids.label}
          aria-describedby={isWrong ? errorId : ids.description}
          aria-invalid={isWrong}
          inputMode="decimal"
          className="w-24 tabular-nums"
          value={amount}
          onChange={(event) => {
            setAmount(event.target.value)
            tell(event.target.value, unit.sizeMs)
          }}
        />
        <Select
          aria-label="Unit"
          value={unit.name}
          onValueChange={(name) => {
            const chosen = units.find((each) => each.name === name) ?? minutes
            setUnit(chosen)
            tell(amount, chosen.sizeMs)
          }}
        >
          {units.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </div>
      {option === "rejectHoldMs" && !isWrong && (
        <p className="text-sm text-ink-3">0 lets a rejected device ask again at once.</p>
      )}
      {isWrong && (
        <FieldError id={errorId}>
          Between {durationWords(least)} and {durationWords(most)}.
        </FieldError>
      )}
    </div>
  )
}
