import { expect, it } from "vitest"
import { endOfGrant, grantLengths, lengthInWords } from "./grant-length"

it("tells each time that is offered in words", () => {
  expect(grantLengths.map(lengthInWords)).toEqual(["1 hour", "8 hours", "1 day", "7 days", "30 days"])
  expect([90 * 60_000, 5 * 60_000, 36 * 3_600_000].map(lengthInWords)).toEqual(["2 hours", "5 minutes", "36 hours"])
})

it("ends at an instant, or never", () => {
  expect(endOfGrant({ kind: "good" }, 5)).toBeNull()
  expect(endOfGrant({ kind: "for", ms: 10 }, 5)).toBe(15)
  expect(endOfGrant({ kind: "until", atMs: 3 }, 5)).toBe(3)
})
