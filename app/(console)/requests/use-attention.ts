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
  waiting: readonly (readonly RequestRow[] | undefined)[],
) {
  const [touched, setTouched] = useState<{ besideId: string | null; openId: string | null } | null>(null)
  const [isReading, setReading] = useState(false)
  const [isPointing, setPointing] = useState(false)
  const waits = waiting.some((rows) => rows?.some((row) => row.requestId === besideId))
  // Who goes back to the list has left the request, though it still stands beside it.
  const isTouched = touched?.besideId === besideId && touched.openId === openId
  const isDeciding = waits && (openId !== null || isTouched)
  const holds: Holds = {
    arrivals: isDeciding || isReading,
    endings: isDeciding || isReading || isPointing,
    openId: besideId,
  }
  return {
    holds,
    touch: () => setTouched({ besideId, openId }),
    listEvents: {
      onFocus: ({ target }: FocusEvent) => setReading(target.matches(":focus-visible")),
      onBlur: () => setReading(false),
      onPointerEnter: ({ pointerType }: PointerEvent) => setPointing(pointerType === "mouse"),
      onPointerLeave: () => setPointing(false),
    },
  }
}
