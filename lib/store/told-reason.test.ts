import { expect, it } from "vitest"
import { cleanReason, longestToldReason } from "./told-reason"

it.each([
  ["Ask at the desk", "Ask at the desk"],
  ["  two\n lines\tand \u001b[31mcolour ", "two lines and [31mcolour"],
  ["turned \u202Earound\u200B", "turned around"],
  ["", null],
  [" \n\u200B ", null],
  [null, null],
  [undefined, null],
])("%j is told as %j", (text, told) => expect(cleanReason(text)).toBe(told))

it("is cut between characters, never within one", () => {
  const told = cleanReason("🦊".repeat(300))
  expect(told).toBe("🦊".repeat(longestToldReason))
})
