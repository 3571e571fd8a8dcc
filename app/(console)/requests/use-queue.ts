"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { useLiveStatus } from "@/components/live-provider"
import type { RequestQueue, WaitingCounts } from "@/lib/console/request-types"
import type { PairingReason } from "@/lib/pairing/types"
import { countsQuery, partQuery, queueQuery } from "./query"

/**
 * The queue, asked for as a whole once: what the page came with is only its beginning, and may be older than what was
 * told while it was on its way. From then on changes name the rows that they concern. What waits for one reason is
 * found in it, or asked for where it does not hold all.
 */
export function useQueue(reason: PairingReason | null) {
  const queries = useQueryClient()
  const isLive = useLiveStatus() === "live"
  useEffect(() => {
    // Becoming live has everything asked for, which is then on its way already.
    if (isLive) void queries.refetchQueries({ queryKey: queueQuery().queryKey }, { cancelRefetch: false })
  }, [isLive, queries])
  const whole = useQuery(queueQuery())
  const isCut = whole.data?.isMore ?? false
  const isPart = isCut && reason !== null
  const part = useQuery(partQuery(isPart ? reason : null))
  const counts = useQuery({ ...countsQuery(), enabled: isCut })
  return {
    whole: whole.data,
    /** What the list shows; undefined where it is not known. */
    queue: reason === null || whole.data === undefined ? whole.data : (isPart && part.data) || only(whole.data, reason),
    /** Whether more wait for the reason than were found so far: then an empty list does not say that none does. */
    isPartial: isPart && part.data === undefined,
    isError: whole.isError || (isPart && part.isError),
    dataUpdatedAt: isPart && part.data ? part.dataUpdatedAt : whole.dataUpdatedAt,
    counts: whole.data === undefined ? undefined : isCut ? counts.data : countsOf(whole.data),
  }
}

function only(queue: RequestQueue, reason: PairingReason): RequestQueue {
  return { ...queue, reason, rows: queue.rows.filter((row) => row.reason === reason) }
}

function countsOf({ rows }: RequestQueue): WaitingCounts {
  const counts = { "not-paired": 0, "scope-upgrade": 0, "role-upgrade": 0, "metadata-upgrade": 0 }
  for (const { reason } of rows) counts[reason]++
  return counts
}
