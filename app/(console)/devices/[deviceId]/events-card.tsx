"use client"

import { useInfiniteQuery } from "@tanstack/react-query"
import Link from "next/link"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { deviceEventsQuery } from "../query"
import { EventSentence } from "./event-sentence"

/** What happened to the device, newest first, in sentences. */
export function EventsCard({ deviceId }: { deviceId: string }) {
  const events = useInfiniteQuery(deviceEventsQuery(deviceId))
  const rows = events.data?.pages.flatMap((page) => page.rows)
  return (
    <Card aria-labelledby="what-happened">
      <CardHeader>
        <CardTitle id="what-happened">What happened</CardTitle>
        <CardAction>
          <Link
            href={`/audit?device=${encodeURIComponent(deviceId)}`}
            prefetch={false}
            className="text-sm text-accent underline decoration-1 underline-offset-3 hover:decoration-2"
          >
            In the audit log
          </Link>
        </CardAction>
      </CardHeader>
      <CardContent>
        {rows === undefined ? (
          <Skeleton className="h-24" />
        ) : rows.length === 0 ? (
          <p className="text-ink-2">Nothing was written down about this device.</p>
        ) : (
          <ol className="divide-y divide-line-soft">
            {rows.map((event) => (
              <li key={event.id} className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
                <Instant atMs={event.atMs} className="pt-px text-sm text-ink-3" />
                <div className="min-w-0">
                  <EventSentence event={event} />
                </div>
              </li>
            ))}
          </ol>
        )}
        {events.isError && (
          <Notice tone="danger" live className="mt-3">
            This list could not be renewed and may be out of date. It is tried again by itself.
          </Notice>
        )}
        {events.hasNextPage && (
          <Button
            size="sm"
            className="mt-3"
            disabled={events.isFetchingNextPage}
            onClick={() => void events.fetchNextPage()}
          >
            Show earlier
          </Button>
        )}
      </CardContent>
    </Card>
  )
}
