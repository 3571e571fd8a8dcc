import { MarkDot } from "./mark-dot"

export function HistoryLegend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-3">
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-2.5 w-4.5 rounded-sm border border-accent/40 bg-accent-soft" />
        approved
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-2 w-4.5 rounded-sm bg-accent forced-colors:bg-[CanvasText]" />
        in token
      </li>
      {(["asked", "approved", "silent", "extended", "declined", "narrowed", "ended", "revoked"] as const).map(
        (kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <MarkDot kind={kind} />
            {kind === "declined" ? "declined, withheld" : kind === "approved" ? "approved by a person" : kind}
          </li>
        ),
      )}
    </ul>
  )
}
