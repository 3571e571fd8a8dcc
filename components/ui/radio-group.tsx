"use client"

import { createContext, use, useId } from "react"
import { cn } from "@/lib/utils"

type Group = {
  readonly name: string
  readonly value: string
  readonly isDisabled: boolean
  readonly choose: (value: string) => void
}

const GroupContext = createContext<Group | null>(null)

function RadioGroup({
  className,
  value,
  onValueChange,
  disabled = false,
  ...props
}: React.ComponentProps<"div"> & { value: string; onValueChange: (value: string) => void; disabled?: boolean }) {
  const name = useId()
  return (
    <GroupContext value={{ name, value, isDisabled: disabled, choose: onValueChange }}>
      <div role="radiogroup" data-slot="radio-group" className={cn("grid gap-2.5", className)} {...props} />
    </GroupContext>
  )
}

function RadioGroupItem({
  className,
  value,
  disabled = false,
  ...props
}: Omit<React.ComponentProps<"input">, "type" | "name"> & { value: string }) {
  const group = use(GroupContext)
  return (
    <input
      type="radio"
      name={group?.name}
      value={value}
      checked={group?.value === value}
      onChange={() => group?.choose(value)}
      disabled={disabled || group?.isDisabled}
      data-slot="radio-group-item"
      className={cn(
        "relative mt-0.5 inline-grid size-[18px] shrink-0 appearance-none place-items-center rounded-full border-[1.5px] border-edge bg-panel transition-colors before:hidden before:size-2.5 before:rounded-full before:bg-accent after:absolute after:-inset-2 hover:border-accent checked:border-accent checked:before:block disabled:cursor-not-allowed disabled:opacity-55",
        className,
      )}
      {...props}
    />
  )
}

export { RadioGroup, RadioGroupItem }
