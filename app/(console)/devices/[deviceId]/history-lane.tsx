import { ScopeName } from "@/components/scope-name"
import type { ScopeLane, Span } from "@/lib/console/device-history-types"
import type { Place } from "./history-chart"
import { HistoryMark } from "./history-mark"
import { markWords } from "./history-words"

/** One scope: a wide bar while it is approved, a narrow one while it is in the token, and its marks. */
export function HistoryLane({ lane, place }: { lane: ScopeLane; place: Place }) {
  return (
    <li className="grid items-center py-1.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <ScopeName scope={lane.scope} className="bg-panel pr-2 text-xs text-ink-2" />
      <div className="relative h-6">
        <span aria-hidden className="absolute inset-x-0 top-1/2 h-px bg-line forced-colors:bg-[GrayText]" />
        {lane.approved.map((span) => (
          <Bar
            key={span.fromMs}
            span={span}
            place={place}
            className="h-4 rounded-sm border border-accent/40 bg-accent-soft"
          />
        ))}
        {lane.inToken.map((span) => (
          <Bar
            key={span.fromMs}
            span={span}
            place={place}
            className="h-2 rounded-[3px] bg-accent forced-colors:bg-[CanvasText]"
          />
        ))}
        {lane.marks.map((mark) => (
          <HistoryMark
            key={mark.id}
            mark={mark}
            left={place(mark.atMs)}
            words={`${lane.scope} ${markWords[mark.kind]}`}
          />
        ))}
      </div>
    </li>
  )
}

function Bar({ span, place, className }: { span: Span; place: Place; className: string }) {
  const left = place(span.fromMs)
  const right = place(span.untilMs ?? Number.POSITIVE_INFINITY)
  return (
    <span
      aria-hidden
      className={`absolute top-1/2 min-w-px -translate-y-1/2 ${className}`}
      style={{ left: `${left}%`, width: `${right - left}%` }}
    />
  )
}
