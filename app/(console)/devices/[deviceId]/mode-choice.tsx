"use client"

import { useId } from "react"
import { FieldLegend, FieldSet } from "@/components/ui/field"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"

export type Mode = "on-pickup" | "at-once"

const modes: readonly { readonly mode: Mode; readonly title: string; readonly when: string }[] = [
  {
    mode: "on-pickup",
    title: "On pickup",
    when: "The ordinary choice. The device is handed the new token when it next connects.",
  },
  { mode: "at-once", title: "At once", when: "When somebody else may know the token. It is dead immediately." },
]

/** When a replaced token ends. */
export function ModeChoice({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const id = useId()
  return (
    <FieldSet>
      <FieldLegend>When the old token ends</FieldLegend>
      <RadioGroup
        value={mode}
        aria-label="When the old token ends"
        onValueChange={(value) => onChange(value === "at-once" ? "at-once" : "on-pickup")}
        className="sm:grid-cols-2"
      >
        {modes.map((choice) => (
          <label
            key={choice.mode}
            htmlFor={`${id}${choice.mode}`}
            className="flex cursor-pointer gap-2.5 rounded-lg border border-line p-3 has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-soft/40"
          >
            <RadioGroupItem id={`${id}${choice.mode}`} value={choice.mode} />
            <span className="grid content-start gap-0.5">
              <span className="font-medium">{choice.title}</span>
              <span className="text-sm text-ink-2">{choice.when}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </FieldSet>
  )
}
