import { scaleBand, scaleLinear } from "d3-scale"
import { stack } from "d3-shape"
import Link from "next/link"
import { useId } from "react"
import { formatInstant } from "@/components/format-time"
import { decisionsHref } from "@/lib/console/overview-links"
import { type OverviewDay, outcomes } from "@/lib/console/overview-types"
import { countInWords } from "./number-link"
import { OutcomePatterns, OutcomeRect } from "./outcome-fill"
import { outcomeWords } from "./outcome-words"

const dayMs = 86_400_000
const height = 168
/** Columns of a week are not drawn as wide as the page. */
const widest = 6

/**
 * One column per day, an outcome on the other. Drawn for eyes and pointers only: the table below it says the same to
 * everybody, and has the same links.
 */
export function DecisionsChart({ days, nowMs }: { days: readonly OverviewDay[]; nowMs: number }) {
  const id = useId()
  const sums = days.map((day) => outcomes.reduce((sum, outcome) => sum + day[outcome], 0))
  const y = scaleLinear([0, Math.max(...sums)], [height, 0]).nice(4)
  const x = scaleBand<number>([0, 100])
    .domain(days.map(({ startMs }) => startMs))
    .paddingInner(days.length > 31 ? 0.14 : 0.28)
    .paddingOuter(0.1)
  const width = Math.min(x.bandwidth(), widest)
  const left = (startMs: number) => (x(startMs) ?? 0) + (x.bandwidth() - width) / 2
  const series = stack<OverviewDay, (typeof outcomes)[number]>()
    .keys(outcomes)
    .value((day, key) => day[key])([...days])
  const dayOf = (startMs: number) => formatInstant(startMs, { style: "day", timeZone: "UTC", nowMs })
  const ticks = y.ticks(4).filter(Number.isInteger)

  return (
    <figure aria-hidden className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pt-2 text-xs text-ink-3">
      <div className="relative w-fit min-w-4 tabular-nums" style={{ height }}>
        {/* Holds the column as wide as its widest number. */}
        <span className="invisible">{countInWords({ value: ticks.at(-1) ?? 0, more: false })}</span>
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-0 -translate-y-1/2" style={{ top: y(tick) }}>
            {countInWords({ value: tick, more: false })}
          </span>
        ))}
      </div>
      <svg aria-hidden="true" width="100%" height={height} className="overflow-visible forced-color-adjust-none">
        <OutcomePatterns id={id} />
        {ticks.map((tick) => (
          <line
            key={tick}
            x1="0"
            x2="100%"
            y1={y(tick)}
            y2={y(tick)}
            stroke="currentColor"
            className={tick === 0 ? "text-edge forced-colors:text-[CanvasText]" : "text-line-soft"}
          />
        ))}
        {series.map((layer) =>
          layer.map(([from, to], index) => {
            const startMs = layer[index]?.data.startMs
            if (startMs === undefined || to === from) return null
            const outcome = layer.key
            const href = decisionsHref({ outcome, fromMs: startMs, untilMs: startMs + dayMs })
            return (
              <Link
                key={`${outcome}${startMs}`}
                href={href}
                prefetch={false}
                tabIndex={-1}
                className="hover:opacity-75"
              >
                <title>{`${dayOf(startMs)}: ${outcomeWords[outcome].name}, ${to - from}`}</title>
                <OutcomeRect
                  outcome={outcome}
                  id={id}
                  x={`${left(startMs)}%`}
                  width={`${width}%`}
                  y={y(to)}
                  height={Math.max(1, y(from) - y(to) - (from === 0 ? 0 : 1))}
                />
              </Link>
            )
          }),
        )}
      </svg>
      <div className="relative col-start-2 h-5 pt-1">
        {labelled(days).map(({ startMs }) => (
          <span
            key={startMs}
            className="absolute -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${left(startMs) + width / 2}%` }}
          >
            {dayOf(startMs)}
          </span>
        ))}
      </div>
    </figure>
  )
}

/** A few days at equal distances, none so close to an end that its name would stand out. */
function labelled(days: readonly OverviewDay[]): readonly OverviewDay[] {
  const step = Math.ceil(days.length / 5)
  return days.filter((_, index) => index % step === Math.floor(step / 2))
}
