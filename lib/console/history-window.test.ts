import { describe, expect, it } from "vitest"
import type { ScopeHistory } from "./device-history-types"
import { formatHistoryWindow, historyWithin, parseHistoryWindow, zoomed } from "./history-window"

const dayMs = 86_400_000
const whole = { fromMs: 0, untilMs: 100 * dayMs }

describe("the part of a history that is looked at", () => {
  it.each([
    [null, 0, 100, "all"],
    ["nonsense", 0, 100, "all"],
    ["24h", 99, 100, "24h"],
    ["7d", 93, 100, "7d"],
    ["30d", 70, 100, "30d"],
    [`${10 * dayMs}-${20 * dayMs}`, 10, 20, null],
    [`${20 * dayMs}-${10 * dayMs}`, 0, 100, "all"],
    [`${90 * dayMs}-${120 * dayMs}`, 70, 100, null],
  ])("%s", (text, from, until, span) => {
    expect(parseHistoryWindow(text, whole)).toEqual({ fromMs: from * dayMs, untilMs: until * dayMs, span })
  })

  it("goes through the URL and back, and is left out of it where it is all", () => {
    const part = { fromMs: 5 * dayMs, untilMs: 6 * dayMs }
    expect(parseHistoryWindow(formatHistoryWindow(part, whole), whole)).toMatchObject(part)
    expect(formatHistoryWindow(whole, whole)).toBeNull()
  })

  it("is zoomed about its middle, within the whole, and no closer than a minute", () => {
    expect(zoomed(whole, 0.5, whole)).toEqual({ fromMs: 25 * dayMs, untilMs: 75 * dayMs })
    expect(zoomed({ fromMs: 90 * dayMs, untilMs: 100 * dayMs }, 2, whole)).toEqual({
      fromMs: 80 * dayMs,
      untilMs: 100 * dayMs,
    })
    expect(zoomed({ fromMs: 0, untilMs: 60_000 }, 0.5, whole)).toEqual({ fromMs: 0, untilMs: 60_000 })
    expect(zoomed(whole, 2, whole)).toEqual(whole)
  })

  it("keeps each lane, with what reaches into the part", () => {
    const actor = { kind: "admin", name: "Ada", id: null } as const
    const mark = { id: "m", kind: "asked", actor, requestId: null, untilMs: null } as const
    const turn = { id: "t", kind: "rotated", role: "operator", scopes: [], actor } as const
    const history: ScopeHistory = {
      ...{ fromMs: 0, isWhole: true },
      lanes: [
        {
          scope: "operator.read",
          approved: [
            { fromMs: 1, untilMs: 10 },
            { fromMs: 20, untilMs: null },
          ],
          inToken: [{ fromMs: 1, untilMs: 40 }],
          marks: [
            { ...mark, atMs: 5 },
            { ...mark, atMs: 35 },
          ],
        },
      ],
      turns: [
        { ...turn, atMs: 5 },
        { ...turn, atMs: 31 },
      ],
    }
    expect(historyWithin(history, { fromMs: 30, untilMs: 50 })).toMatchObject({
      fromMs: 30,
      lanes: [
        { approved: [{ fromMs: 20, untilMs: null }], inToken: [{ fromMs: 1, untilMs: 40 }], marks: [{ atMs: 35 }] },
      ],
      turns: [{ atMs: 31 }],
    })
  })
})
