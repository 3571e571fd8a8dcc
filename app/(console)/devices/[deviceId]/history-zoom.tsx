"use client"

import { ZoomInIcon, ZoomOutIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { HistorySpan } from "@/lib/console/history-window"

const spans = [
  ["24h", "24 h"],
  ["7d", "7 d"],
  ["30d", "30 d"],
  ["all", "all"],
] as const satisfies readonly (readonly [HistorySpan, string])[]

/** How much of the history is shown. */
export function HistoryZoom({
  span,
  show,
  zoom,
}: {
  span: HistorySpan | null
  show: (text: string | null) => void
  zoom: (direction: "in" | "out") => void
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="sr-only">Time shown</legend>
      {spans.map(([value, words]) => (
        <Button
          key={value}
          size="sm"
          aria-pressed={span === value}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          onClick={() => show(value === "all" ? null : value)}
        >
          {words}
        </Button>
      ))}
      <Button size="sm" onClick={() => zoom("in")}>
        <ZoomInIcon aria-hidden />
        <span className="sr-only">Zoom in</span>
      </Button>
      <Button size="sm" onClick={() => zoom("out")}>
        <ZoomOutIcon aria-hidden />
        <span className="sr-only">Zoom out</span>
      </Button>
    </fieldset>
  )
}
