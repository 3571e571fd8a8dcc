"use client"

import { useState } from "react"

type Dragged = { readonly from: number; readonly to: number }

/** Shorter than this, in parts of the width, it was a click. */
const leastWidth = 0.02

/** Dragging over an element: from where to where, in parts of its width, and what is told at the end. */
export function useDrag(onEnd: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const placeOf = (event: React.PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.min(Math.max((event.clientX - left) / width, 0), 1)
  }
  return {
    dragged,
    handlers: {
      onPointerDown(event: React.PointerEvent<HTMLElement>) {
        // A finger scrolls the page, and zooms by the buttons.
        if (event.pointerType !== "mouse" || event.button !== 0) return
        const at = placeOf(event)
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragged({ from: at, to: at })
      },
      onPointerMove(event: React.PointerEvent<HTMLElement>) {
        if (dragged !== null) setDragged({ ...dragged, to: placeOf(event) })
      },
      onPointerUp() {
        if (dragged === null) return
        setDragged(null)
        const [from, to] = [Math.min(dragged.from, dragged.to), Math.max(dragged.from, dragged.to)]
        if (to - from >= leastWidth) onEnd(from, to)
      },
      onPointerCancel: () => setDragged(null),
    },
  }
}
