"use client"

import { Select } from "@/components/ui/select"

/** A value, its words, and a number that is set apart from them. */
export type ChoiceOption = readonly [value: string, words: string, count?: string]

/** One of several, in a toolbar: the chosen words say what it is about, and the label says it to a reader. */
export function Choice({
  label,
  value,
  options,
  onChoose,
  className,
}: {
  label: string
  value: string
  options: readonly ChoiceOption[]
  onChoose: (value: string) => void
  className?: string
}) {
  return (
    <Select aria-label={label} value={value} onValueChange={onChoose} className={className}>
      {options.map(([option, words, count]) => (
        <option key={option} value={option}>
          {count === undefined ? words : `${words} ${count}`}
        </option>
      ))}
    </Select>
  )
}
