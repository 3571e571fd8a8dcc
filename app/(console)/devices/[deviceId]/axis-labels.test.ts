import { describe, expect, it } from "vitest"
import { labelsThatFit } from "./axis-labels"

const day = 86_400_000
const now = Date.UTC(2026, 10, 25, 12)
/** Twelve days, drawn from one end to the other. */
const place = (atMs: number) => ((atMs - (now - 12 * day)) / (12 * day)) * 100
const back = (days: number) => now - days * day

describe("the labels of an axis", () => {
  it.each([
    ["all where there is room", 600, [10, 8, 6, 4, 2], [10, 8, 6, 4, 2]],
    ["none that would run into the one at the end", 280, [8, 5, 2], [8, 5]],
    ["none that would run into the next", 280, [9, 8, 7, 6, 5, 4], [8, 6, 4]],
    ["none that would stand out on the left", 280, [12, 6], [6]],
  ])("are %s", (_, width, ticks, shown) => {
    expect(labelsThatFit(ticks.map(back), { width, place, untilMs: now, isNow: true })).toEqual(shown.map(back))
  })

  it("may come to the end where nothing stands there", () => {
    const at = { width: 280, place, untilMs: now, isNow: false }
    expect(labelsThatFit([back(2)], at)).toEqual([back(2)])
    expect(labelsThatFit([back(0)], at)).toEqual([])
  })

  it("need more room for another year", () => {
    const newYear = Date.UTC(2027, 0, 8, 12)
    const near = (atMs: number) => ((atMs - (newYear - 20 * day)) / (20 * day)) * 100
    const ticks = [newYear - 14 * day, newYear - 10 * day]
    expect(labelsThatFit(ticks, { width: 280, place: near, untilMs: newYear, isNow: true })).toEqual([ticks[1]])
  })
})
