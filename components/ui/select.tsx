import { ChevronDownIcon } from "lucide-react"
import { cn } from "@/lib/utils"

/** One of several. The browser's own: a telephone shows it as it shows every choice, and no page has to load one. */
function Select({
  className,
  onValueChange,
  start = null,
  end = null,
  ...props
}: Omit<React.ComponentProps<"select">, "onChange"> & {
  onValueChange: (value: string) => void
  /** A sign before what is chosen. */
  start?: React.ReactNode
  /** A key that leads here. */
  end?: React.ReactNode
}) {
  return (
    <span data-slot="select" className={cn("relative inline-flex max-w-full items-center", className)}>
      <select
        data-slot="select-field"
        className={cn(
          "h-9 w-full min-w-0 cursor-default appearance-none truncate rounded-md border border-line bg-panel pr-9 pl-3 transition-colors [field-sizing:content] hover:bg-hover disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger pointer-coarse:min-h-11",
          start && "pl-9",
          end && "pr-16 pointer-coarse:pr-9",
        )}
        onChange={(event) => onValueChange(event.target.value)}
        {...props}
      />
      {start && <span className="pointer-events-none absolute left-3 [&_svg]:size-4">{start}</span>}
      {end && <span className="pointer-events-none absolute right-9 flex">{end}</span>}
      <ChevronDownIcon aria-hidden className="pointer-events-none absolute right-3 size-4 text-ink-3" />
    </span>
  )
}

export { Select }
