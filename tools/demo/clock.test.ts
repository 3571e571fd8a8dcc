import { expect, test } from "vitest"
import { startDemoClock } from "./clock"

const dayMs = 86_400_000

test("tells a past instant that only moves forward, until it ends", () => {
  const realMs = Date.now()
  const startMs = realMs - 40 * dayMs
  const clock = startDemoClock(startMs)
  try {
    expect(Date.now() - startMs).toBeLessThan(1_000)
    expect(Math.abs(Date.parse(new Date().toISOString()) - Date.now())).toBeLessThan(1_000)
    expect(new Date(5).getTime()).toBe(5)
    expect(new Date() instanceof Date).toBe(true)
    clock.moveTo(startMs + dayMs)
    expect(Date.now()).toBeGreaterThanOrEqual(startMs + dayMs)
    clock.moveTo(startMs)
    expect(Date.now()).toBeGreaterThanOrEqual(startMs + dayMs)
  } finally {
    clock.end()
  }
  expect(Date.now()).toBeGreaterThanOrEqual(realMs)
})
