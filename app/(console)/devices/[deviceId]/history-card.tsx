import { Instant } from "@/components/time-ago"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DeviceView } from "@/lib/console/device-types"
import { HistoryChart } from "./history-chart"
import { HistoryLegend } from "./history-legend"
import { HistoryTable } from "./history-table"

/** When each scope was approved and in the token, as lanes, and under them the same to read. */
export function HistoryCard({ device }: { device: DeviceView }) {
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
      </CardHeader>
      <CardContent>
        {isEmpty ? (
          <p className="text-ink-2">No scope was ever asked or approved for this device.</p>
        ) : (
          <div className="@container grid gap-3">
            <HistoryLegend />
            <HistoryChart history={history} nowMs={nowMs} />
            <HistoryTable history={history} />
          </div>
        )}
      </CardContent>
    </Card>
  )
}
