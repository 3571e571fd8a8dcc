"use client"

import { Instant } from "@/components/time-ago"
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView } from "@/lib/console/device-types"
import { historyWithin, zoomed } from "@/lib/console/history-window"
import { HistoryChart } from "./history-chart"
import { HistoryLegend } from "./history-legend"
import { HistoryTable } from "./history-table"
import { HistoryZoom } from "./history-zoom"
import { useHistoryWindow } from "./use-history-window"

/** When each scope was approved and in the token, as lanes, and under them the same to read; all of it, or a part. */
export function HistoryCard({ device }: { device: DeviceView }) {
  const { history, nowMs } = device
  const whole = { fromMs: history.fromMs, untilMs: nowMs }
  const { part, show, look } = useHistoryWindow(whole)
  const isEmpty = history.lanes.length === 0
  const isAll = part.span === "all"
  const shown = isAll ? history : historyWithin(history, part)
  const zoom = (direction: "in" | "out") => look(zoomed(part, direction === "in" ? 0.5 : 2, whole))
  return (
    <Card aria-labelledby="scope-history">
      <CardHeader>
        <CardTitle id="scope-history">Scope history</CardTitle>
        {!isEmpty && (
          <CardDescription role="status" className="max-sm:order-last max-sm:w-full">
            <Instant atMs={part.fromMs} style={isAll ? "day" : "short"} /> to{" "}
            {part.untilMs >= nowMs ? "today" : <Instant atMs={part.untilMs} style="short" />}
            {isAll && !history.isWhole && ", older changes left out"}
          </CardDescription>
        )}
        {!isEmpty && (
          <CardAction>
            <HistoryZoom span={part.span} show={show} zoom={zoom} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {isEmpty ? (
          <p className="text-ink-2">No scope was ever asked or approved for this device.</p>
        ) : (
          <div className="@container grid gap-3">
            <HistoryLegend />
            <HistoryChart
              history={shown}
              untilMs={part.untilMs}
              isNow={part.untilMs >= nowMs}
              zoom={zoom}
              look={look}
            />
            <HistoryTable history={shown} isPart={!isAll} />
          </div>
        )}
      </CardContent>
    </Card>
  )
}
