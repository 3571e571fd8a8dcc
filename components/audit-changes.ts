import type { AuditRow } from "@/lib/console/types"

export type SideValue = NonNullable<AuditRow["before"]>[string]

export type ValueChange =
  /** Said by one side only: what came with it, not what it replaced. */
  | { readonly key: string; readonly kind: "fact"; readonly value: SideValue }
  | {
      readonly key: string
      readonly kind: "list"
      readonly gone: readonly string[]
      readonly kept: readonly string[]
      readonly added: readonly string[]
    }
  | { readonly key: string; readonly kind: "value"; readonly before: SideValue; readonly after: SideValue }

/** Array.isArray does not narrow a read-only list. */
export function isList(value: SideValue): value is readonly string[] {
  return Array.isArray(value)
}

/**
 * What differs between the two sides of an entry, key by key. Values that are the same on both are left out; what
 * only the later side says is a fact; what only the earlier one said is gone, or a fact as well where the two have
 * nothing in common. Lists differ by their members, in any order.
 */
export function sideChanges(before: AuditRow["before"], after: AuditRow["after"]): readonly ValueChange[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  // Sides that speak of different things: what it was about, and what came of it.
  const isApart = !keys.some((key) => before?.[key] !== undefined && after?.[key] !== undefined)
  return keys.flatMap((key): readonly ValueChange[] => {
    const [was, is] = [before?.[key], after?.[key]]
    if (was === undefined) return is === undefined || is === null ? [] : [{ key, kind: "fact", value: is }]
    if (is === undefined && isApart) return was === null ? [] : [{ key, kind: "fact", value: was }]
    const now = is ?? null
    if (isList(was) || isList(now)) {
      const [old, young] = [isList(was) ? was : [], isList(now) ? now : []]
      const gone = old.filter((entry) => !young.includes(entry))
      const added = young.filter((entry) => !old.includes(entry))
      const kept = young.filter((entry) => old.includes(entry))
      const isOther = gone.length > 0 || added.length > 0 || isList(was) !== isList(now)
      return isOther ? [{ key, kind: "list", gone, kept, added }] : []
    }
    return was === now ? [] : [{ key, kind: "value", before: was, after: now }]
  })
}

/** The end in an entry of a list, "operator.read until 2026-11-25T13:20:14.547Z", apart from what ends. */
export function endInEntry(entry: string): { readonly text: string; readonly untilMs: number | null } {
  const found = /^(.+) until (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(entry)
  const untilMs = Date.parse(found?.[2] ?? "")
  return found?.[1] === undefined || Number.isNaN(untilMs)
    ? { text: entry, untilMs: null }
    : { text: found[1], untilMs }
}

const keyNames: Readonly<Record<string, string>> = {
  approvedScopes: "approved scopes",
  by: "replaced by",
  covered: "requests answered by it",
  declined: "not granted",
  displayName: "name it gives itself",
  dropped: "requests dropped",
  email: "sign-in name",
  ended: "sessions ended",
  ends: "ends by itself",
  label: "name",
  manual: "why a person",
  missing: "not approved yet",
  narrowedAway: "narrowed away",
  nodeScopes: "node token",
  nodeToken: "node token id",
  oldTokenUntilMs: "old token until",
  operatorScopes: "operator token",
  operatorToken: "operator token id",
  publicKey: "key",
  released: "may be asked again",
  removed: "taken away",
  silentScopes: "came silently",
  waits: "waits again",
}

/** A key of an entry in words: "approvedScopes" is "approved scopes", units at the end are dropped. */
export function keyWords(key: string): string {
  const known = keyNames[key]
  if (known !== undefined) return known
  return key
    .replace(/(At|Until)?Ms$/, (_unit, word: string | undefined) => word ?? "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
}
