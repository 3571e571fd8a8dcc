"use client"

import { Badge } from "@/components/ui/badge"
import { FieldError, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { type NumberKey, settingWords } from "./setting-words"

/** One number with its unit, what it does, and what it is unless somebody changes it. */
export function SettingRow({
  setting,
  text,
  usual,
  isChanged,
  isWrong,
  onChange,
}: {
  setting: NumberKey
  text: string
  usual: number
  isChanged: boolean
  isWrong: boolean
  onChange: (text: string) => void
}) {
  const { label, what, unit } = settingWords[setting]
  return (
    <div
      data-changed={isChanged}
      className="grid gap-x-8 gap-y-2 border-t border-line-soft px-4 py-3 first:border-t-0 data-[changed=true]:shadow-[inset_3px_0_0_var(--accent)] sm:grid-cols-[minmax(0,1fr)_13rem] sm:px-5"
    >
      <div className="grid content-start gap-0.5">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Label htmlFor={setting} className="text-base">
            {label}
          </Label>
          {isChanged && <Badge tone="accent">changed</Badge>}
        </div>
        <p id={`${setting}-what`} className="max-w-prose text-sm text-ink-3">
          {what}
        </p>
        {isWrong && <FieldError>This number cannot be meant: too small, too large, or not a whole one.</FieldError>}
      </div>
      <div className="grid content-start gap-1">
        <div className="flex items-center gap-2">
          <Input
            id={setting}
            inputMode="numeric"
            className="w-24 tabular-nums"
            aria-describedby={`${setting}-what ${setting}-usual`}
            aria-invalid={isWrong}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
          <span className="text-sm text-ink-2">{unit}</span>
        </div>
        <p id={`${setting}-usual`} className="text-xs text-ink-3 empty:hidden">
          {text !== String(usual) && `as installed: ${usual}`}
        </p>
      </div>
    </div>
  )
}
