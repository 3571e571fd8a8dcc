import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const folder = new URL(".", import.meta.url).pathname

// The mode of a client and the name of a method, which are words of the frame and no role.
const frameWords: Readonly<Record<string, string>> = {
  "known-clients.ts": 'clientModes = ["webchat"',
  "pair-methods.ts": 'name: "node.pair.remove"',
}

const rules = [/["'`]operator\b/, /["'`]node["'`.]/, /\bcovers\(/, /expiresAtMs\([^)]*\) *[-<>]/]

/** Lines of the gateway that name a role or scope, or compare scopes or times themselves. */
function ruleLines(): string[] {
  const isOurs = (file: string) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.endsWith("testing.ts")
  return readdirSync(folder)
    .filter(isOurs)
    .flatMap((file) => {
      const words = frameWords[file]
      const isFrame = (line: string) => words !== undefined && line.includes(words)
      const lines = readFileSync(`${folder}${file}`, "utf8").split("\n")
      return lines
        .filter((line) => rules.some((rule) => rule.test(line)) && !isFrame(line))
        .map((line) => `${file}: ${line.trim()}`)
    })
}

it("names no scope and no role, and compares none: that is asked of lib/pairing", () => {
  expect(ruleLines()).toEqual([])
})
