"use client"

import { useQuery } from "@tanstack/react-query"
import { useLiveStatus } from "@/components/live-provider"
import { shellQuery } from "@/components/shell-query"
import { Instant } from "@/components/time-ago"
import { cn } from "@/lib/utils"

function Dot({ className }: { className: string }) {
  return <span aria-hidden className={cn("mt-1.5 size-[7px] shrink-0 rounded-full", className)} />
}

/** Whether what the page shows is current, and if not, of when it is. */
export function LiveState({ className }: { className?: string }) {
  const status = useLiveStatus()
  const { data: shell, isError, dataUpdatedAt } = useQuery(shellQuery())
  const online = shell && `${shell.online} ${shell.online === 1 ? "device" : "devices"} online`
  return (
    <p role="status" className={cn("flex items-start gap-1.5 text-sm text-ink-3", className)}>
      {isError ? (
        <>
          <Dot className="bg-danger" />
          <span className="font-medium text-danger">
            Connection lost, showing state of <Instant atMs={dataUpdatedAt} style="time" />
          </span>
        </>
      ) : status === "asking" ? (
        <>
          <Dot className="bg-warn" />
          <span>Not live, asking every 5 s</span>
        </>
      ) : (
        <>
          <Dot className={status === "live" ? "bg-ok" : "bg-edge"} />
          <span className="tabular-nums">{status === "live" ? `Live, ${online}` : online}</span>
        </>
      )}
    </p>
  )
}

/** The same, only when it matters, over the whole width: for phones, where there is no column to stand in. */
export function LiveWarning() {
  const { isError, dataUpdatedAt } = useQuery(shellQuery())
  if (!isError) return null
  return (
    <p className="bg-danger-soft px-4 py-1.5 text-sm font-medium text-danger md:hidden">
      Connection lost, showing state of <Instant atMs={dataUpdatedAt} style="time" />
    </p>
  )
}
