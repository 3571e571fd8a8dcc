"use client"

import { useRef, useState } from "react"
import { mostAtOnce } from "@/lib/pairing/at-once"

export type Selection<Row> = {
  /** What is selected, also on other pages of the list, as it was shown when it was selected. */
  readonly rows: ReadonlyMap<string, Row>
  /** Selects a row or not; with `isRange` so does every row of the page between it and the one before. */
  toggle(row: Row, isRange: boolean): void
  /** All rows of the page, or none of them. */
  togglePage(): void
  drop(ids: readonly string[]): void
}

/** The rows of a list that somebody means to do something with; no more than one command takes. */
export function useSelection<Row>(page: readonly Row[], idOf: (row: Row) => string): Selection<Row> {
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>(new Map())
  const anchor = useRef<string | null>(null)

  const choose = (chosen: readonly Row[], isOn: boolean) =>
    setRows((before) => {
      const after = new Map(before)
      for (const row of chosen) {
        if (!isOn) after.delete(idOf(row))
        else if (after.size < mostAtOnce) after.set(idOf(row), row)
      }
      return after
    })

  return {
    rows,
    toggle: (row, isRange) => {
      const at = page.findIndex((other) => idOf(other) === idOf(row))
      const from = page.findIndex((other) => idOf(other) === anchor.current)
      anchor.current = idOf(row)
      const stretch = isRange && at >= 0 && from >= 0 ? page.slice(Math.min(at, from), Math.max(at, from) + 1) : [row]
      choose(stretch, !rows.has(idOf(row)))
    },
    togglePage: () => choose(page, !page.every((row) => rows.has(idOf(row)))),
    drop: (ids) => setRows((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
  }
}
