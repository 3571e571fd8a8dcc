import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"

const read = (path: string) => readFileSync(path, "utf8")
const packages = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: packages, devDependencies: packages, scripts: packages })
  .parse(JSON.parse(read("package.json")))

describe("the documents keep up with the code", () => {
  const reasons = read("docs/decisions/002-dependencies.md")
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })

  it.each(dependencies.filter((name) => !name.startsWith("@types/")))("%s has its reason", (name) => {
    expect(reasons).toContain(`\`${name}\``)
  })

  it("names no dependency that is gone", () => {
    const rows = reasons.split("\n").filter((line) => line.startsWith("| `"))
    const named = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`*]+)`/g)].map((match) => match[1]))
    expect(named.filter((name) => !dependencies.includes(name ?? ""))).toEqual([])
  })

  const variables = [...new Set(read("lib/env-variables.ts").match(/^ {2}(?!NODE_ENV)[A-Z][A-Z_]+(?=:)/gm))]

  it.each(variables.map((line) => line.trim()))("%s stands in the README", (name) => {
    expect(read("README.md")).toContain(`\`${name}\``)
  })

  it("has found the variables of the environment", () => {
    expect(variables.length).toBeGreaterThan(10)
  })

  it.each(read("README.md").match(/npm run [a-z:]+/g) ?? [])("%s exists", (line) => {
    expect(Object.keys(manifest.scripts)).toContain(line.replace("npm run ", ""))
  })

  it.each(["docs/Caddyfile", "docs/nginx.conf"])("the README shows the whole of %s", (file) => {
    expect(read("README.md")).toContain(`\n${read(file)}\`\`\`\n`)
  })

  it.each(readdirSync("docs/decisions"))("%s is one page with the three headings", (file) => {
    const text = read(`docs/decisions/${file}`)
    expect(file).toMatch(/^\d{3}-[a-z0-9-]+\.md$/)
    expect(text.split("\n").length).toBeLessThanOrEqual(60)
    for (const heading of ["## Context", "## Decision", "## Consequences"]) expect(text).toContain(heading)
  })
})
