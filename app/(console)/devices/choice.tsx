"use client"

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select"
import { cn } from "@/lib/utils"

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
    <Select value={value} onValueChange={onChoose}>
      <SelectTrigger aria-label={label} className={cn("max-w-full", className)}>
        <span className="truncate">
          <SelectValue>{options.find(([option]) => option === value)?.[1]}</SelectValue>
        </span>
      </SelectTrigger>
      <SelectContent>
        {options.map(([option, words, count]) => (
          <SelectItem key={option} value={option}>
            {words}
            {count !== undefined && <span className="text-ink-3 tabular-nums"> {count}</span>}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
