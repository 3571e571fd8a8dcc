import { expect, test } from "vitest"
import { createChecks, mustBeSame, mustHold } from "./checks"

test("what is named must hold, what is not named is free", () => {
  expect(() => mustHold({ a: 1, b: [{ c: "xyz", d: 2 }] }, { b: [{ c: /y/ }] })).not.toThrow()
  expect(() => mustHold({ a: 1 }, { a: 2 })).toThrow("it.a is 1, expected 2")
  expect(() => mustHold({ a: 1 }, { b: "x" })).toThrow("it.b is undefined")
  expect(() => mustHold({ a: 1 }, { a: undefined })).toThrow("it.a is 1, expected undefined")
  expect(() => mustHold([1, 2], [1])).toThrow("it is [1,2], expected [1]")
  expect(() => mustHold(null, {})).toThrow("it is null")
})

test("two answers are the same in every field but those that are named", () => {
  const answer = { ts: 1, nodes: [{ nodeId: "a", stats: { load: 1 }, caps: ["file"] }] }
  const later = { ts: 2, nodes: [{ nodeId: "a", stats: { load: 2 }, caps: ["file"] }] }
  const except = ["ts", "nodes[].stats"]
  expect(() => mustBeSame(later, answer, except)).not.toThrow()
  expect(() => mustBeSame(later, answer, ["ts"])).toThrow("load: 2")
  expect(() => mustBeSame({ ...later, extra: true }, answer, except)).toThrow("extra")
  expect(() => mustBeSame({ ts: 2 }, answer, except)).toThrow("nodes")
  expect(() => mustBeSame({ ts: 2, nodes: [{ nodeId: "b", caps: ["file"] }] }, answer, except)).toThrow("'b'")
  expect(() => mustBeSame({ ts: 2, nodes: [{ nodeId: "a", caps: [] }] }, answer, except)).toThrow("'file'")
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
