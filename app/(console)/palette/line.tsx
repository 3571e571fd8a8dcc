import { Command } from "cmdk"
import type { LucideIcon } from "lucide-react"

/** The lines of one kind, under its name. */
export function Lines({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="px-2 pt-1.5 pb-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  )
}

export function Line({
  value,
  Icon,
  hint,
  choose,
  children,
}: {
  /** What tells it from every other line. */
  value: string
  Icon: LucideIcon
  hint?: React.ReactNode
  choose: () => void
  children: React.ReactNode
}) {
  return (
    <Command.Item
      value={value}
      onSelect={choose}
      className="flex min-w-0 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 select-none data-[selected=true]:bg-hover data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)] pointer-coarse:min-h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint !== undefined && (
        <span className="min-w-0 shrink-0 truncate text-sm text-ink-3 max-sm:max-w-2/5">{hint}</span>
      )}
    </Command.Item>
  )
}
