import { expect, test } from "vitest"
import { createChecks, mustHold } from "./checks"

test("what is named must hold, what is not named is free", () => {
  expect(() => mustHold({ a: 1, b: [{ c: "xyz", d: 2 }] }, { b: [{ c: /y/ }] })).not.toThrow()
  expect(() => mustHold({ a: 1 }, { a: 2 })).toThrow("it.a is 1, expected 2")
  expect(() => mustHold({ a: 1 }, { b: "x" })).toThrow("it.b is undefined")
  expect(() => mustHold({ a: 1 }, { a: undefined })).toThrow("it.a is 1, expected undefined")
  expect(() => mustHold([1, 2], [1])).toThrow("it is [1,2], expected [1]")
  expect(() => mustHold(null, {})).toThrow("it is null")
})

test("a failed check is counted and does not stop the next one", async () => {
  const lines: string[] = []
  const checks = createChecks((line) => lines.push(line))
  await checks.check("fails", async () => mustHold(1, 2))
  await checks.check("passes", async () => mustHold(1, 1))
  expect(checks.close()).toBe(false)
  expect(lines.at(0)).toBe("FAIL  fails\n      it is 1, expected 2")
  expect(lines.at(-1)).toBe("1 passed, 1 failed")
})
