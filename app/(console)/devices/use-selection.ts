"use client"

import { useRef, useState } from "react"
import type { DeviceRow } from "@/lib/console/device-list-types"
import { mostAtOnce } from "@/lib/pairing/at-once"

export type Selection = {
  /** What is selected, also on other pages of the list, as it was shown when it was selected. */
  readonly rows: ReadonlyMap<string, DeviceRow>
  /** Selects a row or not; with `isRange` so does every row between it and the one before. */
  toggle(row: DeviceRow, isRange: boolean): void
  /** All rows of the page, or none of them. */
  togglePage(): void
  drop(deviceIds: readonly string[]): void
}

/** The devices that somebody means to do something with; no more than one command takes. */
export function useSelection(page: readonly DeviceRow[]): Selection {
  const [rows, setRows] = useState<ReadonlyMap<string, DeviceRow>>(new Map())
  const anchor = useRef<string | null>(null)

  const choose = (chosen: readonly DeviceRow[], isOn: boolean) =>
    setRows((before) => {
      const after = new Map(before)
      for (const row of chosen) {
        if (!isOn) after.delete(row.deviceId)
        else if (after.size < mostAtOnce) after.set(row.deviceId, row)
      }
      return after
    })

  return {
    rows,
    toggle: (row, isRange) => {
      const at = page.findIndex(({ deviceId }) => deviceId === row.deviceId)
      const from = page.findIndex(({ deviceId }) => deviceId === anchor.current)
      anchor.current = row.deviceId
      const stretch = isRange && from >= 0 ? page.slice(Math.min(at, from), Math.max(at, from) + 1) : [row]
      choose(stretch, !rows.has(row.deviceId))
    },
    togglePage: () => choose(page, !page.every(({ deviceId }) => rows.has(deviceId))),
    drop: (deviceIds) =>
      setRows((before) => new Map([...before].filter(([deviceId]) => !deviceIds.includes(deviceId)))),
  }
}
