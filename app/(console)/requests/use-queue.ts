"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { useLiveStatus } from "@/components/live-provider"
import { queueQuery } from "./query"

/**
 * The queue, asked for as a whole once: what the page came with is only its beginning, and may be older than what was
 * told while it was on its way. From then on changes name the rows that they concern.
 */
export function useQueue() {
  const queries = useQueryClient()
  const isLive = useLiveStatus() === "live"
  useEffect(() => {
    // Becoming live has everything asked for, which is then on its way already.
    if (isLive) void queries.refetchQueries({ queryKey: queueQuery().queryKey }, { cancelRefetch: false })
  }, [isLive, queries])
  return useQuery(queueQuery())
}
