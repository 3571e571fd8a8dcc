import { describe, expect, test } from "vitest"
import { timeTicks, valueTicks } from "./ticks"

describe("values", () => {
  test.each([
    [0, [0]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [10, [0, 2, 4, 6, 8, 10]],
    [23, [0, 5, 10, 15, 20, 25]],
    [990, [0, 200, 400, 600, 800, 1000]],
  ])("up to %i they are round and reach it", (most, ticks) => {
    expect(valueTicks(most, 4).map((tick) => Number(tick.toFixed(9)))).toEqual(ticks)
  })
})

describe("instants", () => {
  const at = (text: string) => new Date(text).getTime()
  const between = (from: string, until: string) =>
    timeTicks(at(from), at(until), 5).map((atMs) => {
      const tick = new Date(atMs)
      return `${tick.getMonth() + 1}-${tick.getDate()} ${tick.getHours()}:${String(tick.getMinutes()).padStart(2, "0")}`
    })

  test.each([
    ["2033-05-04T10:00:20", "2033-05-04T10:03:10", ["5-4 10:01", "5-4 10:02", "5-4 10:03"]],
    ["2033-05-04T10:03", "2033-05-04T11:10", ["5-4 10:15", "5-4 10:30", "5-4 10:45", "5-4 11:00"]],
    ["2033-05-04T22:30", "2033-05-05T03:30", ["5-4 23:00", "5-5 0:00", "5-5 1:00", "5-5 2:00", "5-5 3:00"]],
    ["2033-05-30T13:00", "2033-06-03T13:00", ["5-31 0:00", "6-1 0:00", "6-2 0:00", "6-3 0:00"]],
    // 2033-05-02 is a Monday.
    ["2033-05-01T13:00", "2033-06-01T13:00", ["5-2 0:00", "5-9 0:00", "5-16 0:00", "5-23 0:00", "5-30 0:00"]],
    ["2033-01-20T13:00", "2033-06-03T13:00", ["2-1 0:00", "3-1 0:00", "4-1 0:00", "5-1 0:00", "6-1 0:00"]],
  ])("from %s until %s they are round in local time", (from, until, ticks) => {
    expect(between(from, until)).toEqual(ticks)
  })

  test.each([1 / 60, 1, 7, 24, 50, 400, 5_000, 90_000])("of %d hours there is neither none nor a crowd", (hours) => {
    const fromMs = at("2033-03-26T23:59:30")
    const untilMs = fromMs + hours * 3_600_000 + 60_000
    const ticks = timeTicks(fromMs, untilMs, 5)
    expect(ticks.length).toBeGreaterThan(0)
    expect(ticks.length).toBeLessThan(13)
    expect([...ticks].sort((a, b) => a - b)).toEqual(ticks)
    expect(ticks.every((atMs) => atMs >= fromMs && atMs <= untilMs && atMs % 60_000 === 0)).toBe(true)
  })
})
