/** What a row of the queue is known and ordered by. */
export type Filed = { readonly requestId: string; readonly filedAtMs: number }

/** The requests that wait, or as many of them as the list takes. */
export type Queue<Row extends Filed> = {
  readonly rows: readonly Row[]
  readonly isMore: boolean
  /** The most rows that the list takes. */
  readonly most: number
}

/** Oldest first, as the server lists them. */
export function compareFiled(first: Filed, second: Filed): number {
  if (first.filedAtMs !== second.filedAtMs) return first.filedAtMs - second.filedAtMs
  return first.requestId < second.requestId ? -1 : Number(first.requestId !== second.requestId)
}

/**
 * The queue, once some of its requests were looked up again: `waiting` are those of them that wait, as they are now;
 * the others have ended. Null where that cannot be told from the rows alone: where more wait than are listed, the end
 * of one has another follow that nobody has seen.
 */
export function mergeRows<Row extends Filed>(
  queue: Queue<Row>,
  ids: ReadonlySet<string>,
  waiting: readonly Row[],
): Queue<Row> | null {
  const { most } = queue
  if (queue.isMore && waiting.length < ids.size) return null
  const rows = [...queue.rows.filter((row) => !ids.has(row.requestId)), ...waiting].sort(compareFiled)
  // A list that does not hold all is full, so what would come behind its end is cut off with the rest.
  return { rows: rows.slice(0, most), isMore: queue.isMore || rows.length > most, most }
}
