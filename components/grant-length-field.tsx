"use client"

import { CalendarClockIcon } from "lucide-react"
import { type Ref, useState } from "react"
import { useClock } from "@/components/clock"
import { formatInstant } from "@/components/format-time"
import { Input } from "@/components/ui/input"
import { Kbd } from "@/components/ui/kbd"
import { Select } from "@/components/ui/select"
import { type GrantLength, grantLengths, lengthInWords } from "@/lib/pairing/grant-length"
import { cn } from "@/lib/utils"

export const forGood: GrantLength = { kind: "good" }

/** For how long, as it goes on a sentence: " for 8 hours", " until 3 Nov, 16:20"; empty for good. */
export function useGrantTime(length: GrantLength | null): string {
  return useClock(({ nowMs, timeZone }) => {
    if (length === null || length.kind === "good") return ""
    if (length.kind === "for") return ` for ${lengthInWords(length.ms)}`
    return ` until ${formatInstant(length.atMs, { style: "short", timeZone, nowMs })}`
  })
}

const choiceOf = (length: GrantLength | null) =>
  length === null || length.kind === "until" ? "until" : length.kind === "good" ? "good" : String(length.ms)

/** A choice of how long what is approved lasts; null while a date is still to be chosen, or lies in the past. */
export function GrantLengthField({
  length,
  setLength,
  disabled,
  shortcut = false,
  leave,
  ref,
}: {
  length: GrantLength | null
  setLength: (length: GrantLength | null) => void
  disabled: boolean
  shortcut?: boolean
  /** Where Escape leads, from here. */
  leave?: () => void
  ref?: Ref<HTMLSelectElement>
}) {
  const [typed, setTyped] = useState("")
  const value = choiceOf(length)
  const offered = grantLengths.map(String)
  const choices = value === "good" || value === "until" || offered.includes(value) ? offered : [value, ...offered]
  const isPast = useClock(({ nowMs }) => typed !== "" && !(new Date(typed).getTime() > nowMs))

  const type = (text: string) => {
    setTyped(text)
    const atMs = new Date(text).getTime()
    setLength(atMs > Date.now() ? { kind: "until", atMs } : null)
  }
  const choose = (chosen: string) => {
    if (chosen === "until") return type(typed)
    setLength(chosen === "good" ? forGood : { kind: "for", ms: Number(chosen) })
  }
  return (
    <>
      <Select
        ref={ref}
        aria-label="For how long"
        value={value}
        onValueChange={choose}
        disabled={disabled}
        className={cn(
          value !== "good" && "[&>select]:border-warn [&>select]:text-warn",
          // Beside a date there is no room in a narrow place: then each has a line of its own.
          value === "until" && "@max-2xl:flex-auto",
        )}
        start={<CalendarClockIcon aria-hidden />}
        end={shortcut && <Kbd aria-hidden>T</Kbd>}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          event.currentTarget.blur()
          leave?.()
        }}
      >
        <option value="good">For good</option>
        {choices.map((ms) => (
          <option key={ms} value={ms}>
            {lengthInWords(Number(ms))}
          </option>
        ))}
        <option value="until">Until a date…</option>
      </Select>
      {value === "until" && (
        <Input
          type="datetime-local"
          aria-label="Until when"
          aria-invalid={isPast}
          title={isPast ? "This is over already" : undefined}
          value={typed}
          onChange={(event) => type(event.target.value)}
          disabled={disabled}
          className="w-auto @max-2xl:flex-auto"
        />
      )}
    </>
  )
}
