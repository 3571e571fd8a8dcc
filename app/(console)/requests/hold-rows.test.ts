import { describe, expect, it } from "vitest"
import { type HeldRow, holdRows } from "./hold-rows"

type Row = { readonly requestId: string; readonly filedAtMs: number }

/** Requests by the letters of their ids, filed in the order of the alphabet. */
const rows = (letters: string): Row[] =>
  [...letters].map((letter) => ({ requestId: letter, filedAtMs: letter.charCodeAt(0) }))
const shown = (letters: string) => holdRows([], rows(letters), free)
/** What a list shows: those that ended in brackets. */
const told = (list: readonly HeldRow<Row>[]) =>
  list.map(({ row, hasEnded }) => (hasEnded ? `(${row.requestId})` : row.requestId)).join("")

const free = { arrivals: false, endings: false, openId: null }
const held = { arrivals: true, endings: true, openId: null }

describe("the list of the queue", () => {
  it.each([
    ["follows the queue while nobody decides", "abc", "acd", free, "acd"],
    ["shows an older one in its place", "ac", "abc", free, "abc"],
    ["lets new ones wait while somebody decides", "ab", "abcd", held, "ab"],
    ["keeps ended ones in their place", "abc", "bd", held, "(a)b(c)"],
    ["shows the one that is open, though it is new", "ab", "abcd", { ...held, openId: "d" }, "abd"],
    ["keeps ended ones under a pointer, and appends new ones", "abc", "acd", { ...held, arrivals: false }, "a(b)cd"],
    ["is empty for an empty queue", "", "", held, ""],
  ])("%s", (_name, before, waiting, holds, after) => {
    expect(told(holdRows(shown(before), rows(waiting), holds))).toBe(after)
  })

  it("lets go of what ended, and shows what waited, when nobody decides any more", () => {
    const while1 = holdRows(shown("abc"), rows("bcd"), held)
    expect(told(while1)).toBe("(a)bc")
    expect(told(holdRows(while1, rows("bcd"), free))).toBe("bcd")
  })

  it("shows one that waits again as waiting", () => {
    const while1 = holdRows(shown("ab"), rows("b"), held)
    expect(told(holdRows(while1, rows("ab"), held))).toBe("ab")
  })

  it("is the same list when nothing changed, and another when a row did", () => {
    const waiting = rows("ab")
    const before = holdRows([], waiting, free)
    expect(holdRows(before, waiting, held)).toBe(before)
    const ended = holdRows(before, waiting.slice(1), held)
    expect(holdRows(ended, waiting.slice(1), held)).toBe(ended)
    expect(holdRows(before, [...rows("a"), ...waiting.slice(1)], held)).not.toBe(before)
  })
})
