"use client"

import { type QueryKey, useQueryClient } from "@tanstack/react-query"
import { createContext, useContext, useEffect, useState } from "react"
import { connectLive, type Lead } from "@/components/live-connection"
import { isFrequent, keysOf } from "@/components/live-keys"
import { renewKeys } from "@/components/queue-renewal"
import type { Change } from "@/lib/console/types"

const pollMs = 5000
/** The first change asks at once; what follows it within this time asks together. */
const restMs = { seldom: 700, frequent: 2500 } as const
/** A stream needs a moment to come up; until then nothing is said and nothing is asked. */
const patienceMs = 4000

/** `connecting` for the first moments, then whether changes arrive by themselves. */
type LiveStatus = "connecting" | "live" | "asking"

const LiveContext = createContext<LiveStatus>("connecting")

const LeadContext = createContext<Lead>("none")

/** Whether this tab is the one of its browser that tells the person what happens. */
export function useLead(): Lead {
  return useContext(LeadContext)
}

/** Whether this page hears of changes by itself. */
export function useLiveStatus(): LiveStatus {
  return useContext(LiveContext)
}

/** Collects keys and renews them together, with a rest in between. */
function createRenewal(renew: (keys: readonly QueryKey[]) => void, rest: number) {
  const waiting = new Map<string, QueryKey>()
  let resting: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    resting = undefined
    if (waiting.size === 0) return
    const keys = [...waiting.values()]
    waiting.clear()
    resting = setTimeout(flush, rest)
    renew(keys)
  }
  return {
    add(changes: readonly Change[]) {
      for (const key of changes.flatMap(keysOf)) waiting.set(JSON.stringify(key), key)
      if (resting === undefined) flush()
    },
    stop: () => clearTimeout(resting),
  }
}

/** Keeps every list below it current: by what the event stream says changed, or by asking while there is none. */
export function LiveProvider({ children }: { children: React.ReactNode }) {
  const queries = useQueryClient()
  const [status, setStatus] = useState<LiveStatus>("connecting")
  const [lead, setLead] = useState<Lead>("none")

  useEffect(() => {
    const patience = setTimeout(() => setStatus((now) => (now === "connecting" ? "asking" : now)), patienceMs)
    const renew = (keys: readonly QueryKey[]) => renewKeys(queries, keys)
    const seldom = createRenewal(renew, restMs.seldom)
    const frequent = createRenewal(renew, restMs.frequent)
    const disconnect = connectLive((heard) => {
      if (heard.kind === "lead") return setLead(heard.lead)
      if (heard.kind === "live") {
        setStatus(heard.live ? "live" : "asking")
        // What happened while nobody listened, be it only since the server made the page, was not told.
        if (heard.live) void queries.invalidateQueries()
        return
      }
      if (heard.everything) void queries.invalidateQueries()
      seldom.add(heard.changes.filter((change) => !isFrequent(change)))
      frequent.add(heard.changes.filter(isFrequent))
    })
    return () => {
      clearTimeout(patience)
      seldom.stop()
      frequent.stop()
      disconnect()
    }
  }, [queries])

  useEffect(() => {
    if (status !== "asking") return
    const timer = setInterval(() => void queries.invalidateQueries(), pollMs)
    return () => clearInterval(timer)
  }, [status, queries])

  return (
    <LiveContext value={status}>
      <LeadContext value={lead}>{children}</LeadContext>
    </LiveContext>
  )
}
