import type { RequestRow } from "@/lib/console/request-types"
import type { Shown } from "./show-notification"

/** More than this at once are told together: a flood of strangers must not become a flood of notifications. */
const mostAtOnce = 5

type Row = Pick<RequestRow, "requestId" | "deviceId" | "filedAtMs">

/**
 * Keeps one notification per device that waits, from an instant on: a retry makes none, another request of the device
 * takes the place of the first, and what is decided or over has none any more.
 */
export function createTeller<Waiting extends Row>({
  sinceMs,
  show,
  showMore,
}: {
  sinceMs: number
  show: (row: Waiting) => Shown
  showMore: (count: number) => Shown
}) {
  const open = new Map<string, { readonly row: Waiting; readonly shown: Shown }>()
  let more: { readonly count: number; readonly shown: Shown } | null = null

  return {
    look(waiting: readonly Waiting[]): void {
      const due = new Map(waiting.filter((row) => row.filedAtMs > sinceMs).map((row) => [row.deviceId, row]))
      for (const [deviceId, { shown }] of open) {
        if (due.has(deviceId)) continue
        shown.close()
        open.delete(deviceId)
      }
      let untold = 0
      for (const [deviceId, row] of due) {
        if (open.get(deviceId)?.row.requestId === row.requestId) continue
        if (open.has(deviceId) || open.size < mostAtOnce) open.set(deviceId, { row, shown: show(row) })
        else untold += 1
      }
      if (untold === (more?.count ?? 0)) return
      if (untold === 0) more?.shown.close()
      more = untold === 0 ? null : { count: untold, shown: showMore(untold) }
    },
    /** The instant of the oldest request that has a notification; null where none has. */
    oldestMs(): number | null {
      const times = [...open.values()].map(({ row }) => row.filedAtMs)
      return times.length === 0 ? null : Math.min(...times)
    },
    stop(): void {
      for (const { shown } of open.values()) shown.close()
      more?.shown.close()
      open.clear()
      more = null
    },
  }
}
