import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const folders = ["lib/store", "lib/gateway", "lib/console", "lib/auth", "app"]
const isAside = /(\.test\.tsx?|\/testing[-\w]*\.ts|\/generated\/.*|(?<!\.tsx?))$/

/** Where the clock of the machine itself is meant. */
const exceptions: Readonly<Record<string, string>> = {
  "lib/store/clock.ts": "it is what the database's clock is compared with",
  "lib/store/processes.ts": "it measures how long the database took to answer",
  "lib/store/new-id.ts": "ids are in order within one process only, and never compared with a time",
  "app/api/audit/export/route.ts": "the name of a file bears the day",
}

it("nothing is compared with a stored time but by the clock that all processes share", () => {
  const all = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  )
  const own = all.filter((file) => !isAside.test(file))
  expect(own.length).toBeGreaterThan(500)
  const found = own.filter((file) => /\bDate\.now\b|\bnew Date\(\)/.test(readFileSync(file, "utf8")))
  expect(found.sort()).toEqual(Object.keys(exceptions).sort())
})
