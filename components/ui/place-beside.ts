export type Beside = {
  readonly side: "top" | "bottom"
  readonly align: "start" | "center" | "end"
  /** The gap between the two, in pixels. */
  readonly gap: number
}

const edge = 8

/** Lays a popover over or under its anchor: on the other side where there is more room, and never out of the window. */
export function placeBeside(popover: HTMLElement, anchor: HTMLElement, { side, align, gap }: Beside): void {
  popover.style.maxHeight = ""
  const beside = anchor.getBoundingClientRect()
  const { width, height } = popover.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const room = { top: beside.top - gap - edge, bottom: clientHeight - beside.bottom - gap - edge }
  const other = side === "top" ? "bottom" : "top"
  const shown = height > room[side] && room[other] > room[side] ? other : side
  const high = Math.min(height, Math.max(room[shown], 0))
  const left = {
    start: beside.left,
    center: beside.left + (beside.width - width) / 2,
    end: beside.right - width,
  }[align]
  popover.style.maxHeight = `${high}px`
  popover.style.top = `${shown === "top" ? beside.top - gap - high : beside.bottom + gap}px`
  popover.style.left = `${Math.max(edge, Math.min(left, clientWidth - width - edge))}px`
}

/** Shows a popover beside its anchor, and keeps it there while the page moves. Returns what ends that. */
export function showBeside(popover: HTMLElement, anchor: HTMLElement, beside: Beside): () => void {
  const place = () => placeBeside(popover, anchor, beside)
  popover.showPopover()
  place()
  window.addEventListener("resize", place)
  document.addEventListener("scroll", place, true)
  return () => {
    window.removeEventListener("resize", place)
    document.removeEventListener("scroll", place, true)
  }
}
