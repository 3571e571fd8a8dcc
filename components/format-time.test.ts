import { describe, expect, it } from "vitest"
import {
  formatAgo,
  formatCountdown,
  formatDay,
  formatDuration,
  formatInstant,
  formatLeft,
  knownTimeZone,
} from "./format-time"

const nowMs = Date.UTC(2026, 10, 22, 23, 30, 0)

describe("durations", () => {
  it.each([
    [-5, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [3_599_999, "59 min"],
    [3_600_000, "1 h"],
    [47 * 3_600_000, "47 h"],
    [48 * 3_600_000, "2 days"],
  ])("%d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text))

  it.each([
    [0, "just now"],
    [1999, "just now"],
    [2000, "2 s ago"],
    [-80_000, "in 1 min"],
  ])("%d ms back is %s", (ms, text) => expect(formatAgo(nowMs - ms, nowMs)).toBe(text))
})

describe("what is left", () => {
  it.each([
    [-5, "0 s"],
    [900, "1 s"],
    [59_600, "1 min"],
    [3_590_000, "1 h"],
    [8 * 3_600_000 - 7_000, "8 h"],
    [7.4 * 3_600_000, "7 h"],
    [48 * 3_600_000 - 5_000, "2 days"],
    [9 * 86_400_000 - 5_000, "9 days"],
  ])("with %d ms is %s", (ms, text) => expect(formatLeft(ms)).toBe(text))
})

describe("a countdown", () => {
  it.each([
    [221_000, "3:41"],
    [220_001, "3:41"],
    [38_000, "0:38"],
    [1, "0:01"],
    [0, "0:00"],
    [-9000, "0:00"],
    [3_600_000, "1:00:00"],
  ])("with %d ms left shows %s", (ms, text) => expect(formatCountdown(ms)).toBe(text))
})

describe("an instant", () => {
  it("is told on the reader's clock", () => {
    expect(formatInstant(nowMs, { style: "short", timeZone: "UTC", nowMs })).toBe("22 Nov, 23:30")
    expect(formatInstant(nowMs, { style: "short", timeZone: "Europe/Vienna", nowMs })).toBe("23 Nov, 00:30")
  })

  it("names the year only where it is another one", () => {
    const lastYear = Date.UTC(2025, 2, 3, 4, 5)
    expect(formatInstant(lastYear, { style: "day", timeZone: "UTC", nowMs })).toBe("3 Mar 2025")
  })

  it("lies on a day of the reader's calendar", () => {
    const before = nowMs - 60 * 60 * 1000
    expect(formatDay(before, { timeZone: "UTC", nowMs })).toBe("Today")
    expect(formatDay(before, { timeZone: "Europe/Vienna", nowMs })).toBe("Yesterday")
    expect(formatDay(before, { timeZone: "UTC", nowMs: nowMs + 5 * 24 * 60 * 60 * 1000 })).toBe("22 Nov")
  })
})

it("takes an unknown time zone for UTC", () => {
  expect(knownTimeZone("Mars/Olympus")).toBe("UTC")
  expect(knownTimeZone(undefined)).toBe("UTC")
  expect(knownTimeZone("Europe/Vienna")).toBe("Europe/Vienna")
})
