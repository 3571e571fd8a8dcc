"use client"

import { useInfiniteQuery } from "@tanstack/react-query"
import { useClock } from "@/components/clock"
import { DeviceName } from "@/components/device-name"
import { formatDay } from "@/components/format-time"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Skeleton } from "@/components/ui/skeleton"
import type { EndedRow } from "@/lib/console/request-types"
import { EndedWords, StatusBadge } from "./ended-words"
import { InboxLink } from "./inbox-link"
import { endedQuery } from "./query"

function DayHead({ row, above }: { row: EndedRow; above: EndedRow | undefined }) {
  const day = useClock((now) => {
    const own = formatDay(row.endedAtMs, now)
    return above !== undefined && formatDay(above.endedAtMs, now) === own ? "" : own
  })
  if (day === "") return null
  return (
    <h2 className="border-b border-line-soft px-4 pt-5 pb-1.5 text-xs font-semibold text-ink-3 sm:px-5">
      {day === "Today" ? "Earlier today" : day}
    </h2>
  )
}

/** The requests that ended, the latest first. */
export function EndedList({
  selectedId,
  except,
}: {
  selectedId: string | null
  /** Those that still stand among the waiting ones. */
  except: ReadonlySet<string>
}) {
  const { data, isPending, isError, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } =
    useInfiniteQuery(endedQuery())
  const rows = data?.pages.flatMap((page) => page.rows).filter((row) => !except.has(row.requestId)) ?? []
  return (
    <section aria-label="Earlier requests">
      {isPending && <Skeleton className="m-5 h-24" />}
      {isError && (
        <p className="px-5 py-4 text-sm text-danger">
          {data ? "Earlier requests could not be renewed." : "Earlier requests could not be loaded."}
        </p>
      )}
      <ul>
        {rows.map((row, index) => (
          <li key={row.requestId} className="border-b border-line-soft">
            <DayHead row={row} above={rows[index - 1]} />
            <InboxLink requestId={row.requestId} isOpen={row.requestId === selectedId}>
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium">
                  <DeviceName name={row.displayName} />
                </span>
                <Instant atMs={row.endedAtMs} style="time" className="text-xs text-ink-3" />
              </span>
              <span className="flex items-center gap-2">
                <StatusBadge status={row.status} aftermath={row.aftermath} />
                <span className="min-w-0 truncate text-sm text-ink-3">
                  <EndedWords row={row} />
                </span>
              </span>
            </InboxLink>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className="p-4 text-center sm:p-5">
          <Button size="sm" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? "Loading" : "Show older"}
          </Button>
          {isFetchNextPageError && <p className="mt-2 text-sm text-danger">Could not be loaded. Try again.</p>}
        </div>
      )}
    </section>
  )
}
