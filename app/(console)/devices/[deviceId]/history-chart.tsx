"use client"

import { timeTicks } from "d3-time"
import { useMemo, useRef, useSyncExternalStore } from "react"
import { Instant } from "@/components/time-ago"
import type { ScopeHistory } from "@/lib/console/device-history-types"
import type { HistoryWindow } from "@/lib/console/history-window"
import { cn } from "@/lib/utils"
import { labelsThatFit } from "./axis-labels"
import { HistoryLane } from "./history-lane"
import { HistoryTurns } from "./history-turns"
import { useDrag } from "./use-drag"

const minuteMs = 60_000
const dayMs = 86_400_000

/** The least width of the lanes in pixels, on a phone and beside their names. */
const narrowest = { phone: 280, wide: 400 } as const

/** Room on both sides of the drawing, in percent, so that marks at its ends are whole. */
const margin = 1.5

export type Place = (atMs: number) => number

/** The lanes over time. Marks are reached with the arrow keys, + and - zoom, as dragging does; the table below says the same. */
export function HistoryChart({
  history,
  untilMs,
  isNow,
  zoom,
  look,
}: {
  history: ScopeHistory
  /** The right end of the drawing, and whether that is now. */
  untilMs: number
  isNow: boolean
  zoom: (direction: "in" | "out") => void
  look: (part: HistoryWindow) => void
}) {
  const figure = useRef<HTMLElement>(null)
  const {
    place,
    ticks: allTicks,
    isShort,
    timeAt,
  } = useMemo(() => {
    // A history of a moment still needs a width.
    const fromMs = Math.min(history.fromMs, untilMs - minuteMs)
    const within = (atMs: number) => Math.min(Math.max(atMs, fromMs), untilMs)
    const width = 100 - 2 * margin
    const place = (atMs: number) => margin + ((within(atMs) - fromMs) / (untilMs - fromMs)) * width
    // Labels tell minutes, so finer ticks would repeat themselves.
    const ticks = timeTicks(new Date(fromMs), new Date(untilMs), 5)
      .map(Number)
      .filter((atMs) => atMs % minuteMs === 0)
    return {
      place,
      timeAt: (part: number) => within(fromMs + ((part * 100 - margin) / width) * (untilMs - fromMs)),
      ticks,
      isShort: untilMs - fromMs < 3 * dayMs,
    }
  }, [history.fromMs, untilMs])
  // Round hours and days are those of the reader's time zone, which the server does not draw by.
  const isInBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
  const ticks = isInBrowser ? allTicks : []
  const fitting = (width: number) => labelsThatFit(ticks, { width, place, untilMs, isNow })
  const [labels, onPhone] = [fitting(narrowest.wide), fitting(narrowest.phone)]
  const { dragged, handlers } = useDrag((from, to) => look({ fromMs: timeAt(from), untilMs: timeAt(to) }))

  const press = (event: React.KeyboardEvent) => {
    if (event.key === "+" || event.key === "-") {
      event.preventDefault()
      return zoom(event.key === "+" ? "in" : "out")
    }
    const step =
      event.key === "ArrowRight" || event.key === "ArrowDown"
        ? 1
        : event.key === "ArrowLeft" || event.key === "ArrowUp"
          ? -1
          : 0
    if (step === 0) return
    const marks = [...(figure.current?.querySelectorAll("[data-mark]") ?? [])]
    const next = document.activeElement && marks[marks.indexOf(document.activeElement) + step]
    if (!(next instanceof HTMLElement)) return
    event.preventDefault()
    next.focus()
  }

  return (
    <figure ref={figure} aria-label="Scope history over time" className="relative grid min-w-0" onKeyDown={press}>
      <HistoryTurns turns={history.turns} place={place} />
      <div className="relative grid">
        <div aria-hidden className="pointer-events-none absolute inset-y-0 right-0 left-0 sm:left-44">
          {/* A line without a label says nothing. */}
          {[...labels, untilMs].map((atMs) => (
            <span
              key={atMs}
              className={cn(
                "absolute inset-y-0 w-px bg-line-soft forced-colors:bg-[GrayText]",
                atMs !== untilMs && !onPhone.includes(atMs) && "max-sm:hidden",
              )}
              style={{ left: `${place(atMs)}%` }}
            />
          ))}
          {history.turns.map((turn) => (
            <span
              key={turn.id}
              className="absolute inset-y-0 border-l border-dashed border-ink-3"
              style={{ left: `${place(turn.atMs)}%` }}
            />
          ))}
        </div>
        <div aria-hidden className="absolute inset-y-0 right-0 left-0 cursor-crosshair sm:left-44" {...handlers}>
          {dragged !== null && (
            <span
              className="absolute inset-y-0 rounded-sm bg-accent/15 ring-1 ring-accent"
              style={{
                left: `${Math.min(dragged.from, dragged.to) * 100}%`,
                width: `${Math.abs(dragged.to - dragged.from) * 100}%`,
              }}
            />
          )}
        </div>
        <ol className="pointer-events-none relative grid gap-px [&_a]:pointer-events-auto [&_button]:pointer-events-auto">
          {history.lanes.map((lane) => (
            <HistoryLane key={lane.scope} lane={lane} place={place} />
          ))}
        </ol>
      </div>
      <div aria-hidden className="relative h-5 text-xs text-ink-3 sm:ml-44">
        {labels.map((atMs) => (
          <span
            key={atMs}
            className={cn("absolute -translate-x-1/2 whitespace-nowrap", !onPhone.includes(atMs) && "max-sm:hidden")}
            style={{ left: `${place(atMs)}%` }}
          >
            <Instant atMs={atMs} style={isShort ? "time" : "day"} />
          </span>
        ))}
        {isNow && <span className="absolute right-0">{isShort ? "now" : "today"}</span>}
      </div>
    </figure>
  )
}
