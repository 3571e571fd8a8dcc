/** Room that a label takes, in pixels: "22 Nov", the same with its year, and "today" at the end. */
const labelPx = 46
const datedPx = 78
const endPx = 40

/** Those of some ticks, oldest first, whose labels run neither into another one nor out of a drawing of some width. */
export function labelsThatFit(
  ticks: readonly number[],
  {
    width,
    place,
    untilMs,
    isNow,
  }: {
    /** In pixels. */
    readonly width: number
    /** Where an instant stands, in percent. */
    readonly place: (atMs: number) => number
    /** The right end, and whether a label stands there. */
    readonly untilMs: number
    readonly isNow: boolean
  },
): readonly number[] {
  let free = isNow ? width - endPx : width
  const year = new Date(untilMs).getFullYear()
  const fitting = ticks.toReversed().filter((atMs) => {
    const half = (new Date(atMs).getFullYear() === year ? labelPx : datedPx) / 2
    const middle = (place(atMs) / 100) * width
    const fits = middle + half <= free && middle - half >= 0
    if (fits) free = middle - half
    return fits
  })
  return fitting.toReversed()
}
