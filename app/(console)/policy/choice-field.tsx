"use client"

import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import type { Policy } from "@/lib/pairing/types"
import { optionIds } from "./option-row"

/** The positions of one option, all of them in sight. */
export function ChoiceField<Value extends string>({
  option,
  choices,
  value,
  onChange,
}: {
  option: keyof Policy
  choices: Readonly<Record<Value, string>>
  value: Value
  onChange: (value: Value) => void
}) {
  const ids = optionIds(option)
  const values = Object.keys(choices).filter((each): each is Value => each in choices)
  return (
    <RadioGroup
      aria-labelledby={ids.label}
      aria-describedby={ids.description}
      value={value}
      onValueChange={(chosen) => {
        const known = values.find((each) => each === chosen)
        if (known !== undefined) onChange(known)
      }}
    >
      {values.map((each) => (
        <div key={each} className="flex items-start gap-2.5">
          <RadioGroupItem id={`${ids.control}-${each}`} value={each} />
          <label htmlFor={`${ids.control}-${each}`}>{choices[each]}</label>
        </div>
      ))}
    </RadioGroup>
  )
}
