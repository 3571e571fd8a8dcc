"use client"

import { ClockIcon } from "lucide-react"
import { useClock } from "@/components/clock"
import { Countdown } from "@/components/time-ago"
import { cn } from "@/lib/utils"

const soonMs = 60_000

/** How long a request can still be decided. */
export function TimeLeft({
  untilMs,
  long = false,
  className,
}: {
  untilMs: number
  long?: boolean
  className?: string
}) {
  const isOver = useClock(({ nowMs }) => nowMs > untilMs)
  const isSoon = useClock(({ nowMs }) => untilMs - nowMs <= soonMs)
  return (
    <span
      className={cn(
        "inline-flex shrink-0 items-center gap-1 text-ink-3 [&>svg]:size-3.5",
        isSoon && "font-semibold text-warn",
        className,
      )}
    >
      <ClockIcon aria-hidden />
      {isOver ? (
        "time is over"
      ) : (
        <span>
          <span className={long ? undefined : "sr-only"}>expires in </span>
          <Countdown untilMs={untilMs} />
        </span>
      )}
    </span>
  )
}
