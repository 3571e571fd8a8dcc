"use client"

import { useQuery } from "@tanstack/react-query"
import { useLiveStatus } from "@/components/live-provider"
import { shellQuery } from "@/components/shell-query"
import { Instant } from "@/components/time-ago"
import { cn } from "@/lib/utils"

function Dot({ className }: { className: string }) {
  return <span aria-hidden className={cn("mt-1.5 size-[7px] shrink-0 rounded-full", className)} />
}

/** Whether what the page shows is current, and if not, of when it is. Read out is that alone, not who comes and goes. */
export function LiveState({ className, isShort = false }: { className?: string; isShort?: boolean }) {
  const status = useLiveStatus()
  const { data: shell, isError, dataUpdatedAt } = useQuery(shellQuery())
  const online = shell && (
    <>
      {shell.online}{" "}
      <span className={isShort ? "sr-only" : undefined}>{shell.online === 1 ? "device " : "devices "}</span>
      <span className={isShort ? "max-[26rem]:sr-only" : undefined}>online</span>
    </>
  )
  const rest = isShort ? "sr-only" : undefined
  const dot = isError ? "bg-danger" : { connecting: "bg-edge", live: "bg-ok", asking: "bg-warn" }[status]
  return (
    <p className={cn("flex items-start gap-1.5 text-sm text-ink-3", className)}>
      <Dot className={dot} />
      <span className={cn("tabular-nums", isError && "font-medium text-danger")}>
        {/* In a header there is room for the number alone; the dot says the same. */}
        <span role="status" className={status === "live" && !isError ? rest : undefined}>
          {isError ? (
            <>
              Connection lost
              <span className={rest}>
                , showing state of <Instant atMs={dataUpdatedAt} style="time" />
              </span>
            </>
          ) : status === "asking" ? (
            <>
              Not live<span className={rest}>, asking every 5 s</span>
            </>
          ) : (
            status === "live" && "Live"
          )}
        </span>
        {!isError && status === "live" && <span className={rest}>, </span>}
        {!isError && status !== "asking" && online}
      </span>
    </p>
  )
}

/**
 * The same, only when it matters, over the whole width: for phones, where there is no column to stand in. It is not
 * read out, for the line in the header is.
 */
export function LiveWarning() {
  const { isError, dataUpdatedAt } = useQuery(shellQuery())
  if (!isError) return null
  return (
    <p aria-hidden className="bg-danger-soft px-4 py-1.5 text-sm font-medium text-danger md:hidden">
      Connection lost, showing state of <Instant atMs={dataUpdatedAt} style="time" />
    </p>
  )
}
