import { expect, test } from "vitest"
import { parseSizes, tableOf, verdictOf } from "./page-report"

test("sizes are counts, and nothing else", () => {
  expect(parseSizes({ devices: "100000", audit: "1", pending: "500" })).toEqual({
    devices: 100_000,
    audit: 1,
    pending: 500,
  })
  for (const wrong of ["", "0", "-1", "1.5", "many", "1e99"]) {
    expect(() => parseSizes({ devices: "1", audit: wrong, pending: "1" }), wrong).toThrow("--audit takes a count")
  }
})

test("a goal is met by the median, up to its very edge", () => {
  expect(verdictOf({ goal: 200, runs: [900, 200, 100] })).toBe("met")
  expect(verdictOf({ goal: 200, runs: [900, 201, 100] })).toBe("missed")
  expect(verdictOf({ goal: null, runs: [900] })).toBe("-")
})

test("what could not be measured meets nothing", () => {
  expect(verdictOf({ goal: 200, runs: [] })).toBe("not measured")
  expect(verdictOf({ goal: null, runs: [] })).toBe("not measured")
})

test("the table says median, goal, verdict and the other page's figure in columns", () => {
  expect(
    tableOf([
      { name: "script", unit: "KB", goal: 200, runs: [180.25], incumbent: "1 391 KB" },
      { name: "bytes", unit: "KB", goal: 20, runs: [3, 1.25, 2] },
      { name: "list", unit: "ms", goal: 1000, runs: [1234.5] },
      { name: "search", unit: "ms", goal: 300, runs: [] },
    ]),
  ).toEqual([
    "measured in the browser    median  goal                            OpenClaw's own page",
    "script                     180 KB  at most 200 KB    met           1 391 KB",
    "bytes                      2.0 KB  at most 20.0 KB   met",
    "list                     1 235 ms  at most 1 000 ms  missed",
    "search                             at most 300 ms    not measured",
  ])
})
