"use client"

import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from "react"
import { keepCookie } from "./keep-cookie"

const Seed = createContext({ nowMs: 0, timeZone: "UTC" })

const tickMs = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let aheadMs = 0

/** Time as the server has it: the countdowns run against the server's clock, not against the reader's. */
export function serverNowMs(): number {
  return Date.now() + aheadMs
}

let ownZone: string | undefined

/** Asked for once: it is looked up for every text that tells time, every second. */
function readersZone(): string {
  ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone
  return ownZone
}

/** Sets the clock by an answer of the server. A second of travel is no news. */
export function syncClock(nowMs: number): void {
  const ahead = nowMs - Date.now()
  if (Math.abs(ahead - aheadMs) < 1000) return
  aheadMs = ahead
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * A text or number made from the present and the reader's time zone. It is renewed every second, and the component
 * renders again only when the outcome is another one. The first render is the server's, so that nothing jumps.
 */
export function useClock<Shown extends string | number | boolean>(
  show: (now: { nowMs: number; timeZone: string }) => Shown,
): Shown {
  const seed = useContext(Seed)
  return useSyncExternalStore(
    subscribe,
    () => show({ nowMs: serverNowMs(), timeZone: readersZone() }),
    () => show(seed),
  )
}

/** Hands the server's time to everything that tells time, and remembers the reader's time zone for the next page. */
export function ClockProvider({
  nowMs,
  timeZone,
  children,
}: {
  nowMs: number
  timeZone: string
  children: React.ReactNode
}) {
  const rememberZone = useCallback(() => {
    const own = readersZone()
    if (own !== timeZone) keepCookie("gatehouse-time-zone", own)
  }, [timeZone])

  useEffect(() => {
    syncClock(nowMs)
    rememberZone()
  }, [nowMs, rememberZone])

  return <Seed value={{ nowMs, timeZone }}>{children}</Seed>
}
