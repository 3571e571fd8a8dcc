import type { CallCount } from "@/lib/store/presence"

/** One call that was answered, or refused for want of a scope. */
export type Call = { readonly method: string; readonly missingScope: string | null }

/** What one connection called within the last hour. */
export type Calls = {
  /** A request went out. */
  asked(id: string, method: string): void
  /** A response came; tells which call it ends, or null when it answers none that is known. */
  answered(id: string, missingScope: string | null): Call | null
  /** The methods of the last hour, the most called first. */
  lastHour(nowMs: number): readonly CallCount[]
}

/** Most requests of one connection that are remembered as open; older ones end uncounted. */
const maxOpen = 4_096
/** Most distinct methods of one connection; further ones share a name. */
const maxMethods = 256
export const otherMethods = "other methods"
const slotMs = 300_000
const slotsKept = 12

type Slot = Map<string, { count: number; refused: number; missingScope: string | null }>

/** An empty book of calls. It holds numbers only, and a bounded number of them. */
export function createCalls(now: () => number): Calls {
  const open = new Map<string, string>()
  const slots = new Map<number, Slot>()

  function count(method: string, missingScope: string | null) {
    const at = Math.floor(now() / slotMs)
    const slot = slots.get(at) ?? new Map()
    if (!slots.has(at)) {
      slots.set(at, slot)
      for (const old of slots.keys()) if (old <= at - slotsKept) slots.delete(old)
    }
    const name = slot.has(method) || slot.size < maxMethods ? method : otherMethods
    const known = slot.get(name) ?? { count: 0, refused: 0, missingScope: null }
    known.count += 1
    if (missingScope !== null) {
      known.refused += 1
      known.missingScope = missingScope
    }
    slot.set(name, known)
  }

  return {
    asked(id, method) {
      const oldest = open.keys().next()
      if (open.size >= maxOpen && !oldest.done) open.delete(oldest.value)
      open.set(id, method)
    },
    answered(id, missingScope) {
      const method = open.get(id)
      if (method === undefined) return null
      open.delete(id)
      count(method, missingScope)
      return { method, missingScope }
    },
    lastHour(nowMs) {
      const from = Math.floor(nowMs / slotMs) - slotsKept
      const sums = new Map<string, CallCount>()
      for (const [at, slot] of slots) {
        if (at <= from) continue
        for (const [method, { count: times, refused, missingScope }] of slot) {
          const sum = sums.get(method)
          sums.set(method, {
            method,
            count: (sum?.count ?? 0) + times,
            refused: (sum?.refused ?? 0) + refused,
            missingScope: missingScope ?? sum?.missingScope ?? null,
          })
        }
      }
      return [...sums.values()].sort((one, other) => other.count - one.count || one.method.localeCompare(other.method))
    },
  }
}

/** The scope for want of which a call was refused, or null when it was not. */
export function missingScopeOf(details: Readonly<Record<string, unknown>> | undefined): string | null {
  const { code, missingScope } = details ?? {}
  return code === "MISSING_SCOPE" && typeof missingScope === "string" ? missingScope : null
}
