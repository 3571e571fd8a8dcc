import { TriangleAlertIcon } from "lucide-react"
import { neutralise } from "@/components/neutralise"
import { Badge } from "@/components/ui/badge"
import type { CommandAsked } from "@/lib/console/request-types"

/** The commands that a node offers: what is new apart from what was approved, and what reaches its machine marked. */
export function Commands({ commands }: { commands: readonly CommandAsked[] }) {
  const approved = commands.filter(({ isApproved }) => isApproved)
  const fresh = commands.filter(({ isApproved }) => !isApproved)
  return (
    <section aria-label="Commands" className="grid gap-3">
      <h3 className="text-lg font-semibold">Commands it offers to run</h3>
      {fresh.length > 0 && <Listed title={approved.length > 0 ? "New" : null} commands={fresh} />}
      {approved.length > 0 && <Listed title="Approved before" commands={approved} />}
      {fresh.some(({ reach }) => reach === "runs-programs") && (
        <p className="max-w-prose text-ink-2">
          With the marked ones the gateway can run programs on the machine that this node stands on.
        </p>
      )}
    </section>
  )
}

function Listed({ title, commands }: { title: string | null; commands: readonly CommandAsked[] }) {
  return (
    <div className="grid gap-1.5">
      {title !== null && <h4 className="text-sm font-semibold text-ink-2">{title}</h4>}
      <ul aria-label={title ?? "Commands"} className="flex flex-wrap gap-1.5">
        {commands.map((each) => (
          <Command key={each.command} {...each} />
        ))}
      </ul>
    </div>
  )
}

function Command({ command, reach, isApproved }: CommandAsked) {
  const isMarked = reach !== "itself" && !isApproved
  return (
    <li
      className={`inline-flex items-center gap-1.5 rounded-sm border px-2 py-0.5 ${isMarked ? "border-danger/30 bg-danger-soft" : "border-line"}`}
    >
      <code className="wrap-anywhere">{neutralise(command)?.text ?? "(nothing visible)"}</code>
      {isMarked && (
        <Badge tone="danger">
          <TriangleAlertIcon aria-hidden />
          {reach === "runs-programs" ? "runs programs" : "reaches the machine"}
        </Badge>
      )}
    </li>
  )
}
