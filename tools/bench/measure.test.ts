import { expect, test } from "vitest"
import type { Line } from "./compare"
import { median, percentile, runRound } from "./measure"
import { figureLines, flatness, isReached, tableOf } from "./table"

const line: Line = {
  ...{ operation: "reconnect", server: "sqlite", size: 100, floorMs: 0.4, cpuMs: 0.6, ratio: 1.5, goal: 2 },
  ...{ p50: 3, p95: 6, p99: 12, perSecond: 900, loopP99Ms: 4, loopMaxMs: 9 },
}

test("a percentile is a value that was measured", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(values, 0.5)).toBe(51)
  expect(percentile(values, 0.99)).toBe(100)
  expect(percentile([7], 0.99)).toBe(7)
  expect(median([4, 1, 2])).toBe(2)
})

test("a round runs every step once, no more at once than it may", async () => {
  let [now, most, done] = [0, 0, 0]
  const step = async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setImmediate(resolve))
    now -= 1
    done += 1
  }
  const round = await runRound(
    { child: null },
    Array.from({ length: 20 }, () => step),
    4,
  )
  expect([done, most, round.steps, round.tookMs.length]).toEqual([20, 4, 20, 20])
})

test("flatness compares the dearest size with the smallest, per database", () => {
  const lines = [line, { ...line, size: 1_000, cpuMs: 0.9 }, { ...line, size: 10_000, cpuMs: 0.7 }]
  const other = { ...line, server: "postgresql" }
  expect(flatness([...lines, other])).toMatchObject([{ value: 1.5, goal: 1.15 }])
})

test("a goal that is missed is said and fails the run", () => {
  const dear = { ...line, ratio: 2.1 }
  expect(tableOf([dear]).at(-1)).toMatch(/reconnect.*sqlite.*100.*2\.10.*2\.0/)
  expect(isReached([line], [])).toBe(true)
  expect(isReached([dear], [])).toBe(false)
  const figure = { name: "memory", value: 41, unit: "KB", goal: 40 }
  expect(figureLines([figure])[0]).toMatch(/41 KB.*at most 40 KB.*missed/)
  expect(isReached([line], [figure])).toBe(false)
  expect(isReached([line], [{ ...figure, goal: null }])).toBe(true)
})
