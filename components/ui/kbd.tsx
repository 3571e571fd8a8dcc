import { cn } from "@/lib/utils"

function Kbd({ className, ...props }: React.ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "rounded-sm border border-current/45 px-1 py-0.5 font-sans text-xs leading-none font-semibold pointer-coarse:hidden",
        className,
      )}
      {...props}
    />
  )
}

export { Kbd }
