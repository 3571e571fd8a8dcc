"use client"

import { CheckIcon, MinusIcon } from "lucide-react"
import { Checkbox as CheckboxPrimitive } from "radix-ui"
import { cn } from "@/lib/utils"

function Checkbox({ className, ...props }: React.ComponentProps<typeof CheckboxPrimitive.Root>) {
  return (
    <CheckboxPrimitive.Root
      data-slot="checkbox"
      className={cn(
        "group relative inline-grid size-[18px] shrink-0 place-items-center rounded-sm border-[1.5px] border-edge bg-panel text-accent-ink transition-colors after:absolute after:-inset-2.5 hover:border-accent pointer-coarse:after:-inset-3.5 disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...props}
    >
      <CheckboxPrimitive.Indicator data-slot="checkbox-indicator" className="[&_svg]:size-3 [&_svg]:stroke-[3.4]">
        <CheckIcon aria-hidden className="hidden group-data-[state=checked]:block" />
        <MinusIcon aria-hidden className="hidden group-data-[state=indeterminate]:block" />
      </CheckboxPrimitive.Indicator>
    </CheckboxPrimitive.Root>
  )
}

export { Checkbox }
