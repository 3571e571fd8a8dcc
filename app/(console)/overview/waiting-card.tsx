import { TimeAgo } from "@/components/time-ago"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { Overview } from "@/lib/console/overview-types"
import { requestsHref } from "@/lib/console/requests-address"
import { pairingReasonTitles } from "@/lib/pairing/explain"
import { BarTable } from "./bar-table"
import { NumberLink } from "./number-link"

const wait = (count: number) => (count === 1 ? "request waits" : "requests wait")

/** What waits for a decision now, by its reason. */
export function WaitingCard({ pending }: { pending: Overview["pending"] }) {
  const { total, oldestFiledAtMs, byReason } = pending
  return (
    <Card aria-labelledby="waiting">
      <CardHeader>
        <CardTitle id="waiting">Waiting for a decision</CardTitle>
        {oldestFiledAtMs !== null && (
          <CardDescription>
            the oldest asked <TimeAgo atMs={oldestFiledAtMs} />
          </CardDescription>
        )}
      </CardHeader>
      <CardContent className="grid gap-2">
        <p className="text-2xl font-semibold">
          <NumberLink value={total} of={`${wait(total)} for a decision`} href="/requests" className="font-semibold" />
        </p>
        {total === 0 ? (
          <p className="text-ink-2">Nothing waits now.</p>
        ) : (
          <BarTable
            caption="Waiting requests by reason"
            most={total}
            bars={byReason.map(({ reason, count }) => ({
              ...{ name: pairingReasonTitles[reason], value: count, more: false },
              ...{ of: `${wait(count)} for this reason`, href: requestsHref({ reason }) },
            }))}
          />
        )}
      </CardContent>
    </Card>
  )
}
