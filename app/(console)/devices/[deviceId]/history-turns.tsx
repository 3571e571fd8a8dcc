"use client"

import { Instant } from "@/components/time-ago"
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip"
import type { ScopeHistory } from "@/lib/console/device-history-types"
import type { Place } from "./history-chart"
import { byWhom, turnWords } from "./history-words"

/** Percent of the width that a label needs to the left of its line. */
const labelWidth = 22

/** The commands that cut across the lanes, each at the head of its line; labelled where there is room. */
export function HistoryTurns({ turns, place }: { turns: ScopeHistory["turns"]; place: Place }) {
  if (turns.length === 0) return null
  let taken = 0
  return (
    <ol className="relative h-6 sm:ml-44">
      {turns.map((turn) => {
        const left = place(turn.atMs)
        const hasRoom = left - labelWidth >= taken
        taken = left + 1
        const words = turnWords(turn)
        return (
          <li key={turn.id}>
            <Tooltip>
              <TooltipTrigger>
                <button
                  type="button"
                  data-mark
                  className="absolute top-0 flex h-6 max-w-36 -translate-x-[calc(100%-0.375rem)] items-center gap-1.5 rounded-sm text-xs text-ink-3 hover:text-ink"
                  style={{ left: `${left}%` }}
                >
                  <span className={hasRoom ? "truncate @max-3xl:sr-only" : "sr-only"}>{words}</span>
                  <span className="sr-only">
                    , <Instant atMs={turn.atMs} style="full" />, {byWhom(turn.actor)}
                  </span>
                  <span
                    aria-hidden
                    className="size-2.5 shrink-0 rotate-45 rounded-[2px] border border-ink-3 bg-panel"
                  />
                </button>
              </TooltipTrigger>
              <TooltipContent>
                {words} {byWhom(turn.actor)}, <Instant atMs={turn.atMs} style="short" />
              </TooltipContent>
            </Tooltip>
          </li>
        )
      })}
    </ol>
  )
}
