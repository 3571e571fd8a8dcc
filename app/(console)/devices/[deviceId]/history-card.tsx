"use client"

import { useState } from "react"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView } from "@/lib/console/device-types"
import { HistoryChart } from "./history-chart"
import { HistoryLegend } from "./history-legend"
import { HistoryTable } from "./history-table"

/** When each scope was approved and in the token, as lanes or as a table. */
export function HistoryCard({ device }: { device: DeviceView }) {
  const [isTable, setTable] = useState(false)
  const { history, nowMs } = device
  const isEmpty = history.lanes.length === 0
  return (
    <Card aria-labelledby="scope-history">
      <CardHeader>
        <CardTitle id="scope-history">Scope history</CardTitle>
        {!isEmpty && (
          <CardDescription className="max-sm:order-last max-sm:w-full">
            <Instant atMs={history.fromMs} style="day" /> to today{!history.isWhole && ", older changes left out"}
          </CardDescription>
        )}
        {!isEmpty && (
          <CardAction>
            <Button size="sm" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
              {isTable ? "As a chart" : "As a table"}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {isEmpty ? (
          <p className="text-ink-2">No scope was ever asked or approved for this device.</p>
        ) : isTable ? (
          <HistoryTable history={history} />
        ) : (
          <div className="@container grid gap-3">
            <HistoryLegend />
            <HistoryChart history={history} nowMs={nowMs} />
          </div>
        )}
      </CardContent>
    </Card>
  )
}
