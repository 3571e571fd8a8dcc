"use client"

import Link from "next/link"
import { Instant } from "@/components/time-ago"
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip"
import type { LaneMark } from "@/lib/console/device-history-types"
import { requestHref } from "../request-href"
import { byWhom } from "./history-words"
import { MarkDot } from "./mark-dot"

const look =
  "absolute top-1/2 grid size-6 -translate-x-1/2 -translate-y-1/2 place-items-center rounded-full hover:z-10 focus-visible:z-10"

/** One mark on a lane; it opens the request behind it, where there is one. */
export function HistoryMark({ mark, left, words }: { mark: LaneMark; left: number; words: string }) {
  const content = (
    <>
      <MarkDot kind={mark.kind} />
      <span className="sr-only">
        {words}
        <MarkEnd mark={mark} />, <Instant atMs={mark.atMs} style="full" />, {byWhom(mark.actor)}
      </span>
    </>
  )
  return (
    <Tooltip>
      <TooltipTrigger>
        {mark.requestId === null ? (
          <button type="button" data-mark className={look} style={{ left: `${left}%` }}>
            {content}
          </button>
        ) : (
          <Link
            href={requestHref(mark.requestId)}
            prefetch={false}
            data-mark
            className={look}
            style={{ left: `${left}%` }}
          >
            {content}
          </Link>
        )}
      </TooltipTrigger>
      <TooltipContent>
        {words}
        <MarkEnd mark={mark} /> {byWhom(mark.actor)}, <Instant atMs={mark.atMs} style="short" />
      </TooltipContent>
    </Tooltip>
  )
}

/** Until when what this mark tells of was granted, where that was for a time. */
export function MarkEnd({ mark }: { mark: LaneMark }) {
  if (mark.untilMs === null) return null
  return (
    <>
      {" "}
      until <Instant atMs={mark.untilMs} />
    </>
  )
}
