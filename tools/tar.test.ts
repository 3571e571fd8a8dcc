import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { writeTar } from "./tar"

const folder = mkdtempSync(join(tmpdir(), "gatehouse-tar-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("is unpacked by tar, byte by byte, whatever the sizes", async () => {
  const sizes = [0, 1, 511, 512, 513, 300_000]
  const files = sizes.map((size) => ({
    name: `file-${size}`,
    file: join(folder, `source-${size}`),
    bytes: randomBytes(size),
  }))
  for (const { file, bytes } of files) writeFileSync(file, bytes)
  const archive = join(folder, "archive.tar")
  await writeTar(archive, files, Date.UTC(2026, 10, 22))
  expect(statSync(archive).mode & 0o777).toBe(0o600)
  const target = mkdtempSync(join(folder, "unpacked-"))
  execFileSync("tar", ["-xf", archive, "-C", target])
  for (const { name, bytes } of files) {
    expect(readFileSync(join(target, name)).equals(bytes)).toBe(true)
    expect(statSync(join(target, name)).mode & 0o777).toBe(0o600)
  }
})

it("never replaces a file that is there", async () => {
  const archive = join(folder, "present.tar")
  writeFileSync(archive, "precious")
  await expect(writeTar(archive, [], 0)).rejects.toThrow(/EEXIST/)
  expect(readFileSync(archive, "utf8")).toBe("precious")
})
