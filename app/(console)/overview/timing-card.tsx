import Link from "next/link"
import { formatDuration } from "@/components/format-time"
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card"
import type { DecisionTime, Overview } from "@/lib/console/overview-types"
import { requestHref } from "../devices/request-href"

/** How long devices waited for a person. */
export function TimingCard({ overview: { timing, period, requestsKeptDays } }: { overview: Overview }) {
  return (
    <Card aria-labelledby="timing">
      <CardHeader>
        <CardTitle id="timing">Time to a decision</CardTitle>
        <CardDescription>of people, from when a device asked</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-2.5">
        {timing === null ? (
          <p className="text-ink-2">No person decided a request in these {period} days.</p>
        ) : (
          <>
            <dl className="grid grid-cols-2 gap-4">
              <Figure name="Median" time={timing.median} means="Half of them took no longer." />
              <Figure name="90 %" time={timing.ninety} means="Nine of ten took no longer." />
            </dl>
            <p className="text-sm text-ink-3">
              {timing.isCut
                ? `Of the last ${timing.sample === 1_000 ? "1 000" : timing.sample} approvals and rejections of this period. `
                : "Of all approvals and rejections of this period. "}
              Each time leads to the request that took as long.
              {requestsKeptDays !== null && ` Ended requests are kept for ${requestsKeptDays} days only.`}
            </p>
          </>
        )}
      </CardContent>
    </Card>
  )
}

function Figure({ name, time, means }: { name: string; time: DecisionTime; means: string }) {
  return (
    <div className="grid content-start">
      <dt className="text-sm text-ink-2">{name}</dt>
      <dd className="grid">
        <Link
          href={requestHref(time.requestId)}
          prefetch={false}
          className="w-fit rounded-sm text-2xl font-semibold tabular-nums underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current"
        >
          {formatDuration(time.tookMs)}
        </Link>
        <span className="text-sm text-ink-3">{means}</span>
      </dd>
    </div>
  )
}
