import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { lockDataDir, openDataDir } from "./data-dir"

const folder = mkdtempSync(join(tmpdir(), "gatehouse-data-dir-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("makes a directory that only its owner can enter", () => {
  const dataDir = join(folder, "new", "deep")
  openDataDir(dataDir)
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
})

it("refuses a file in its place", () => {
  const file = join(folder, "file")
  writeFileSync(file, "")
  expect(() => openDataDir(file)).toThrow("is a file")
  expect(() => openDataDir(join(file, "below"))).toThrow("is a file")
})

it.runIf(process.platform === "linux")("refuses a place where nothing can be made", () => {
  expect(() => openDataDir("/proc/gatehouse/data")).toThrow("cannot be written")
})

it("belongs to one server at a time", () => {
  const dataDir = join(folder, "shared")
  openDataDir(dataDir)
  const unlock = lockDataDir(dataDir)
  expect(() => lockDataDir(dataDir)).toThrow("Another Gatehouse is using the data directory")
  unlock()
  lockDataDir(dataDir)()
})
