import type { FailureNews } from "@/lib/store/words"
import type { ClientSource } from "./client-source"
import type { ThrottleSettings } from "./settings"

export type CredentialKind = "shared-secret" | "device-token"

/** What follows from one failure: how long to wait before answering, and how long the source is locked out. */
export type Failure = { readonly delayMs: number; readonly lockedForMs: number | null }

export type Throttle = {
  /** How long the source stays locked out for this kind of credential; null when it is not. */
  readonly lockedForMs: (kind: CredentialKind, source: ClientSource) => number | null
  readonly fail: (kind: CredentialKind, source: ClientSource) => Failure
  /** Holds a place for an attempt whose outcome is not known yet, so that parallel ones cannot outrun the count. */
  readonly hold: (kind: CredentialKind, source: ClientSource) => () => void
  readonly succeed: (kind: CredentialKind, source: ClientSource) => void
  /**
   * What other processes have to count too and were not told of: those nearest to being locked out first, as many as
   * fit into so many bytes.
   */
  readonly takeNews: (bytes: number) => readonly FailureNews[]
  /** Counts what failed at another process. */
  readonly hear: (news: readonly FailureNews[]) => void
  readonly size: () => number
}

type Entry = { failedAtMs: number[]; held: number; lockedUntilMs: number; untold: number }

/**
 * Counts failures per source and kind of credential. Too many within the window lock that source out for that
 * kind; this machine itself is only slowed down. What is remembered is bounded: the oldest is forgotten first, so
 * no number of sources can lock out anybody else.
 */
export function createThrottle(
  read: () => ThrottleSettings,
  now: () => number,
  { isTold = false }: { readonly isTold?: boolean } = {},
): Throttle {
  /** The keys of entries with something that other processes were not told. */
  const news = new Set<string>()
  const entries = new Map<string, Entry>()
  const keyOf = (kind: CredentialKind, source: ClientSource) => `${kind} ${source.key}`

  function recent(entry: Entry): number[] {
    const sinceMs = now() - read().windowMs
    entry.failedAtMs = entry.failedAtMs.filter((atMs) => atMs > sinceMs)
    return entry.failedAtMs
  }

  function entryOf(key: string): Entry {
    const known = entries.get(key) ?? { failedAtMs: [], held: 0, lockedUntilMs: 0, untold: 0 }
    // Set again, so that the order of the map is the order of last use.
    entries.delete(key)
    entries.set(key, known)
    const oldest = entries.keys().next()
    if (entries.size > read().maxEntries && !oldest.done) {
      entries.delete(oldest.value)
      news.delete(oldest.value)
    }
    return known
  }

  function lockIfFull(entry: Entry): void {
    if (recent(entry).length < read().failures) return
    entry.failedAtMs = []
    entry.lockedUntilMs = now() + read().lockoutMs
  }

  function nearnessOf(entry: Entry): number {
    return entry.lockedUntilMs > now() ? Number.POSITIVE_INFINITY : recent(entry).length
  }

  return {
    lockedForMs(kind, source) {
      if (source.isMachine) return null
      const entry = entries.get(keyOf(kind, source))
      if (entry === undefined) return null
      if (entry.lockedUntilMs > now()) return entry.lockedUntilMs - now()
      return recent(entry).length + entry.held >= read().failures ? 1_000 : null
    },
    fail(kind, source) {
      const entry = entryOf(keyOf(kind, source))
      const count = recent(entry).push(now())
      if (source.isMachine) {
        entry.failedAtMs = entry.failedAtMs.slice(-read().failures)
        return {
          delayMs: Math.min(read().firstDelayMs * 2 ** (count - 1), read().longestDelayMs),
          lockedForMs: null,
        }
      }
      if (entry.lockedUntilMs > now()) return { delayMs: 0, lockedForMs: entry.lockedUntilMs - now() }
      if (isTold) {
        entry.untold += 1
        news.add(keyOf(kind, source))
      }
      lockIfFull(entry)
      // The failure that fills the measure is still answered as what it is.
      return { delayMs: 0, lockedForMs: null }
    },
    hold(kind, source) {
      const entry = entryOf(keyOf(kind, source))
      entry.held += 1
      return () => {
        entry.held -= 1
      }
    },
    succeed(kind, source) {
      const key = keyOf(kind, source)
      const entry = entries.get(key)
      if (entry !== undefined && entry.held === 0) entries.delete(key)
      else if (entry !== undefined) entry.failedAtMs = []
    },
    takeNews(bytes) {
      const waiting = [...news].flatMap((source) => {
        const entry = entries.get(source)
        return entry === undefined ? [] : [{ source, entry, nearness: nearnessOf(entry) }]
      })
      const taken: FailureNews[] = []
      let left = bytes
      for (const { source, entry } of waiting.toSorted((a, b) => b.nearness - a.nearness)) {
        const told = { source, failures: entry.untold, lockedUntilMs: entry.lockedUntilMs }
        left -= Buffer.byteLength(JSON.stringify(told)) + 1
        if (left < 0) break
        taken.push(told)
        entry.untold = 0
        news.delete(source)
      }
      return taken
    },
    hear(told) {
      const { failures: limit, lockoutMs } = read()
      for (const { source, failures, lockedUntilMs } of told) {
        const entry = entryOf(source)
        entry.lockedUntilMs = Math.max(entry.lockedUntilMs, Math.min(lockedUntilMs, now() + lockoutMs))
        if (entry.lockedUntilMs > now()) continue
        for (let n = 0; n < Math.min(failures, limit); n += 1) entry.failedAtMs.push(now())
        lockIfFull(entry)
      }
    },
    size: () => entries.size,
  }
}
