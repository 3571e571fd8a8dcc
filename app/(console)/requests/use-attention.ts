"use client"

import { type FocusEvent, type PointerEvent, useState } from "react"
import type { RequestRow } from "@/lib/console/request-types"
import type { Holds } from "./hold-rows"

/**
 * What the person attends to, and so what must not move. Somebody decides when a waiting request was opened, or when
 * anything of the one that opened by itself was touched: then, and while the keyboard is in the list, the list stands
 * still. Under a mouse nothing goes away.
 */
export function useAttention(
  besideId: string | null,
  openId: string | null,
  waiting: readonly RequestRow[] | undefined,
) {
  const [touchedId, setTouchedId] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const [isPointing, setPointing] = useState(false)
  const waits = waiting?.some((row) => row.requestId === besideId) ?? false
  const isDeciding = waits && (openId !== null || touchedId === besideId)
  const holds: Holds = {
    arrivals: isDeciding || isReading,
    endings: isDeciding || isReading || isPointing,
    openId: besideId,
  }
  return {
    holds,
    touch: () => setTouchedId(besideId),
    listEvents: {
      onFocus: ({ target }: FocusEvent) => setReading(target.matches(":focus-visible")),
      onBlur: () => setReading(false),
      onPointerEnter: ({ pointerType }: PointerEvent) => setPointing(pointerType === "mouse"),
      onPointerLeave: () => setPointing(false),
    },
  }
}
