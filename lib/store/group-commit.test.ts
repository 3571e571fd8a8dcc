import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createDurable } from "./group-commit"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-flush-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe("one flush of the disk for many commits", () => {
  it("serves all that waited before it began, and none that came later", async () => {
    const file = join(folder, "log")
    writeFileSync(file, "")
    const durable = createDurable(file)
    const first = durable()
    expect(durable()).toBe(first)
    // By now the first has begun, so what is committed from here on may come too late for it.
    await soon()
    const [second, third] = [durable(), durable()]
    expect(second).not.toBe(first)
    expect(third).toBe(second)
    await Promise.all([first, second, third])
    await durable.close()
  })

  it("fails for those who waited where the disk does not take it, and goes on for the next", async () => {
    const file = join(folder, "log")
    const durable = createDurable(file)
    await expect(durable()).rejects.toThrow(/ENOENT/)
    writeFileSync(file, "")
    await expect(durable()).resolves.toBeUndefined()
    await durable.close()
  })
})
