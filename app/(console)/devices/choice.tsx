"use client"

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select"
import { cn } from "@/lib/utils"

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
  options: readonly (readonly [string, string])[]
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
        {options.map(([option, words]) => (
          <SelectItem key={option} value={option}>
            {words}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
