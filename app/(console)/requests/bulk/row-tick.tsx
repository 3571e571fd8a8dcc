"use client"

import { neutralise } from "@/components/neutralise"
import { Checkbox } from "@/components/ui/checkbox"
import type { RequestRow } from "@/lib/console/request-types"
import { cn } from "@/lib/utils"
import type { QueueSelection, Ticks } from "./use-queue-selection"

/** Selects a row. It stands beside the badge of the row once the row is pointed at or has the focus. */
export function RowTick({
  row,
  ticks,
  isTicked,
  toggle,
}: {
  row: RequestRow
  ticks: Ticks
  isTicked: boolean
  toggle: QueueSelection["toggle"]
}) {
  const name = neutralise(row.label ?? row.displayName, 48)?.text ?? row.deviceId.slice(0, 8)
  return (
    <Checkbox
      aria-label={`Select ${name}`}
      checked={isTicked}
      onClick={(event) => toggle(row, event.shiftKey)}
      className={cn(
        "absolute top-[0.9375rem] left-4 z-1 sm:left-5",
        ticks === "asked" &&
          "pointer-coarse:hidden not-focus-visible:not-group-hover/row:not-group-focus-within/row:opacity-0",
      )}
    />
  )
}

/** Room for the tick in the first line of a row, while it is there. */
export const besideTick: Record<Ticks, string> = {
  asked: "not-pointer-coarse:group-hover/row:pl-7 not-pointer-coarse:group-focus-within/row:pl-7",
  shown: "pl-7",
  mode: "pl-7",
}
