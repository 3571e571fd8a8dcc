"use client"

import { CheckIcon, MinusIcon } from "lucide-react"
import { cn } from "@/lib/utils"

function Checkbox({
  className,
  checked,
  onCheckedChange,
  ...props
}: Omit<React.ComponentProps<"button">, "role" | "type"> & {
  checked: boolean | "indeterminate"
  onCheckedChange?: (isChecked: boolean) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the keys of a page belong to an input that has the focus, not to a button
    <button
      type="button"
      role="checkbox"
      aria-checked={checked === "indeterminate" ? "mixed" : checked}
      data-slot="checkbox"
      data-state={checked === "indeterminate" ? checked : checked ? "checked" : "unchecked"}
      onClick={() => onCheckedChange?.(checked !== true)}
      // Space ticks, as in every check box; Enter does not.
      onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      className={cn(
        "relative inline-grid size-[18px] shrink-0 place-items-center rounded-sm border-[1.5px] border-edge bg-panel text-accent-ink transition-colors after:absolute after:-inset-2.5 hover:border-accent pointer-coarse:after:-inset-3.5 disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent [&_svg]:size-3 [&_svg]:stroke-[3.4]",
        className,
      )}
      {...props}
    >
      {checked === true && <CheckIcon aria-hidden />}
      {checked === "indeterminate" && <MinusIcon aria-hidden />}
    </button>
  )
}

export { Checkbox }
