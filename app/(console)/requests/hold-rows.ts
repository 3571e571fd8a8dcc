import { compareFiled, type Filed } from "@/components/merge-rows"

/** A row of the queue as it stands in the list: it may have ended since, and keeps its place for a while. */
export type HeldRow<Waiting extends Filed> = { readonly row: Waiting; readonly hasEnded: boolean }

export type Holds = {
  /** New rows wait, so that nothing moves while somebody decides. */
  readonly arrivals: boolean
  /** Rows that ended stay where they are, so that nothing moves away under a pointer or the focus. */
  readonly endings: boolean
  /** The one that is open stands in the list in any case. */
  readonly openId: string | null
}

/**
 * The rows that the list shows next, given those that it shows and those that wait. The very same list where nothing
 * changes.
 */
export function holdRows<Waiting extends Filed>(
  shown: readonly HeldRow<Waiting>[],
  waiting: readonly Waiting[],
  { arrivals, endings, openId }: Holds,
): readonly HeldRow<Waiting>[] {
  const byId = new Map(waiting.map((row) => [row.requestId, row]))
  const kept = shown.flatMap((held) => {
    const row = byId.get(held.row.requestId)
    if (row === undefined) return endings ? [held.hasEnded ? held : { row: held.row, hasEnded: true }] : []
    return [held.row === row && !held.hasEnded ? held : { row, hasEnded: false }]
  })
  const known = new Set(kept.map(({ row }) => row.requestId))
  const added = waiting
    .filter(({ requestId }) => !known.has(requestId) && (!arrivals || requestId === openId))
    .map((row) => ({ row, hasEnded: false }))
  const next = [...kept, ...added].sort((first, second) => compareFiled(first.row, second.row))
  return next.length === shown.length && next.every((held, index) => held === shown[index]) ? shown : next
}
