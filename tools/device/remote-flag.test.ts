import { expect, test } from "vitest"
import { splitRemote } from "./remote-flag"

test.each([
  [["--name", "x"], { remote: null, rest: ["--name", "x"] }],
  [["--remote"], { remote: "203.0.113.7", rest: [] }],
  [["--remote", "--once"], { remote: "203.0.113.7", rest: ["--once"] }],
  [["--once", "--remote", "198.51.100.3", "--name", "x"], { remote: "198.51.100.3", rest: ["--once", "--name", "x"] }],
  [["--remote=198.51.100.3", "--once"], { remote: "198.51.100.3", rest: ["--once"] }],
])("%j", (args, expected) => {
  expect(splitRemote(args)).toEqual(expected)
})
