"use client"

import { useClock } from "@/components/clock"
import { formatAgo, formatCountdown, formatInstant, type InstantStyle } from "@/components/format-time"
import { cn } from "@/lib/utils"

/** "3 min ago", with the instant as its title. */
export function TimeAgo({ atMs, className }: { atMs: number; className?: string }) {
  const text = useClock(({ nowMs }) => formatAgo(atMs, nowMs))
  const title = useClock((now) => formatInstant(atMs, { style: "full", ...now }))
  return (
    <time dateTime={new Date(atMs).toISOString()} title={title} className={cn("tabular-nums", className)}>
      {text}
    </time>
  )
}

/** "3 Nov, 16:20" on the reader's clock. */
export function Instant({
  atMs,
  style = "short",
  className,
}: {
  atMs: number
  style?: InstantStyle
  className?: string
}) {
  const text = useClock((now) => formatInstant(atMs, { style, ...now }))
  const title = useClock((now) => formatInstant(atMs, { style: "full", ...now }))
  return (
    <time dateTime={new Date(atMs).toISOString()} title={title} className={cn("tabular-nums", className)}>
      {text}
    </time>
  )
}

/** What is left until an instant of the server: "3:41". */
export function Countdown({ untilMs, className }: { untilMs: number; className?: string }) {
  const text = useClock(({ nowMs }) => formatCountdown(untilMs - nowMs))
  return (
    <span role="timer" className={cn("tabular-nums", className)}>
      {text}
    </span>
  )
}
