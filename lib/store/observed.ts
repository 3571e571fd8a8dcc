import type { Role } from "@/lib/pairing/types"
import { addressGroup } from "./address-group"
import { type Call, countCall, type MethodUse, saveMethodUse } from "./method-use"
import { type Attempt, saveAttempts } from "./save-attempts"
import { saveRefusals, saveSeen } from "./save-seen"
import { inTransaction, lock, type Transactional } from "./transaction"

/** One device that was let in since the last flush. */
export type Seen = {
  readonly deviceId: string
  readonly seenAtMs: number
  readonly address: string
  /** When it last authenticated with the live token of a role. */
  readonly used: Readonly<Partial<Record<Role, number>>>
  /** Plain allows by day (UTC, days since the epoch). */
  readonly allows: ReadonlyMap<number, number>
}

export type RefusalCounter = { readonly reason: string; readonly prefix: string; readonly hour: number; count: number }

/** A device that was let in. */
export type Allowed = {
  readonly deviceId: string
  readonly address: string
  /** The role whose live token it authenticated with; null when it used another credential. */
  readonly usedRole: Role | null
  readonly isPlain: boolean
  readonly nowMs: number
}

/** What happens too often to be written one by one: collected in memory, written together about every second. */
export type Observed = {
  /** A device was let in; plainly, when there is nothing else to tell about it. */
  allowed(seen: Allowed): void
  /** A connect with valid key and credential that was not a plain allow. */
  attempted(attempt: Attempt): void
  /** Something unauthenticated was refused. */
  refused(refusal: { reason: string; address: string; nowMs: number }): void
  /** A device called a method of the gateway behind this one. */
  called(call: Omit<Call, "day"> & { readonly nowMs: number }): void
  /** Writes what was collected until now. */
  flush(): Promise<void>
}

export const dayMs = 86_400_000
const hourMs = 3_600_000
/** Bounds of memory between two flushes, and of rows per hour: strangers must not grow either. */
const maxAttempts = 2_000
const maxPrefixesPerHour = 2_000

type SeenDraft = {
  seenAtMs: number
  address: string
  used: Partial<Record<Role, number>>
  allows: Map<number, number>
}

/** An empty collection that writes to a store. Flushes run one after the other. */
export function createObserved(store: Transactional): Observed {
  let seen = new Map<string, SeenDraft>()
  let attempts = new Map<string, Attempt>()
  let refusals = new Map<string, RefusalCounter>()
  let uses = new Map<string, MethodUse>()
  const prefixes = { hour: 0, known: new Set<string>() }
  let flushing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    if (seen.size + attempts.size + refusals.size + uses.size === 0) return
    const drafts = [...seen].map(([deviceId, draft]) => ({ deviceId, ...draft }))
    const [tried, counters, called] = [[...attempts.values()], [...refusals.values()], [...uses.values()]]
    seen = new Map()
    attempts = new Map()
    refusals = new Map()
    uses = new Map()
    await inTransaction(store, async (tx) => {
      // Processes that wrote the same devices in another order could block each other.
      await lock(tx, "observed")
      await saveSeen(tx, drafts)
      await saveAttempts(tx, tried)
      await saveRefusals(tx, counters)
      await saveMethodUse(tx, called)
    })
  }

  return {
    allowed({ deviceId, address, usedRole, isPlain, nowMs }) {
      const draft: SeenDraft = seen.get(deviceId) ?? { seenAtMs: 0, address, used: {}, allows: new Map() }
      draft.seenAtMs = Math.max(draft.seenAtMs, nowMs)
      draft.address = address
      if (usedRole !== null) draft.used[usedRole] = nowMs
      const day = Math.floor(nowMs / dayMs)
      if (isPlain) draft.allows.set(day, (draft.allows.get(day) ?? 0) + 1)
      seen.set(deviceId, draft)
    },
    attempted(attempt) {
      const key = `${attempt.deviceId}|${attempt.foldKey}`
      const known = attempts.get(key)
      if (known !== undefined) {
        const count = known.count + attempt.count
        attempts.set(key, { ...known, lastAtMs: attempt.lastAtMs, count, requestId: attempt.requestId })
      } else if (attempts.size < maxAttempts) attempts.set(key, attempt)
    },
    refused({ reason, address, nowMs }) {
      const hour = Math.floor(nowMs / hourMs)
      const prefix = boundedPrefix(prefixes, hour, addressGroup(address))
      const key = `${reason}|${prefix}|${hour}`
      const counter = refusals.get(key) ?? { reason, prefix, hour, count: 0 }
      counter.count += 1
      refusals.set(key, counter)
    },
    called: ({ nowMs, ...call }) => countCall(uses, { ...call, day: Math.floor(nowMs / dayMs) }),
    flush() {
      const next = flushing.then(write)
      flushing = next.catch(() => undefined)
      return next
    },
  }
}

/** The prefix, or `other` when this hour has seen too many different ones. */
function boundedPrefix(prefixes: { hour: number; known: Set<string> }, hour: number, prefix: string): string {
  if (prefixes.hour !== hour) {
    prefixes.hour = hour
    prefixes.known.clear()
  }
  if (prefixes.known.has(prefix)) return prefix
  if (prefixes.known.size >= maxPrefixesPerHour) return "other"
  prefixes.known.add(prefix)
  return prefix
}
