"use client"

import { useId } from "react"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import type { AdminRow } from "@/lib/console/settings-types"
import { roles, roleWords } from "./role-words"

/** The console roles, each with what it may do. */
export function RoleField({
  value,
  onChange,
}: {
  value: AdminRow["role"]
  onChange: (role: AdminRow["role"]) => void
}) {
  const id = useId()
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">Console role</legend>
      <RadioGroup
        aria-label="Console role"
        value={value}
        onValueChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)}
      >
        {roles.map((role) => (
          <div key={role} className="flex items-start gap-2.5">
            <RadioGroupItem id={`${id}-${role}`} value={role} aria-describedby={`${id}-${role}-what`} />
            <div className="grid">
              <label htmlFor={`${id}-${role}`} className="font-medium">
                {roleWords[role].name}
              </label>
              <p id={`${id}-${role}-what`} className="text-sm text-ink-3">
                {roleWords[role].what}
              </p>
            </div>
          </div>
        ))}
      </RadioGroup>
    </fieldset>
  )
}
