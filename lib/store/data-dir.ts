import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import Sqlite from "better-sqlite3"
import { StartError } from "./start-error"

/**
 * Makes the data directory, or checks the one that is there; only its owner may enter it (mode 0700). Throws a
 * StartError where that cannot be, before anything was written.
 */
export function openDataDir(dataDir: string): void {
  const present = nearestPresent(dataDir)
  if (!statSync(present).isDirectory())
    throw new StartError(
      `${present} is a file, so the data directory ${dataDir} cannot be used: set GATEHOUSE_DATA_DIR.`,
    )
  try {
    accessSync(present, constants.R_OK | constants.W_OK | constants.X_OK)
    makeDirectories(dataDir)
    if ((statSync(dataDir).mode & 0o077) !== 0) chmodSync(dataDir, 0o700)
  } catch {
    throw new StartError(
      `The data directory ${dataDir} cannot be written: give it to this user, or set GATEHOUSE_DATA_DIR to another one.`,
    )
  }
}

/**
 * Keeps other servers out of a data directory until the returned function is called or the process ends, however it
 * ends. Throws a StartError when another server has it.
 */
export function lockDataDir(dataDir: string): () => void {
  const lock = new Sqlite(join(dataDir, "lock"), { timeout: 1_000 })
  try {
    lock.exec("BEGIN EXCLUSIVE")
  } catch {
    lock.close()
    throw new StartError(
      `Another Gatehouse is using the data directory ${dataDir}: stop it, or set GATEHOUSE_DATA_DIR to another one.`,
    )
  }
  return () => lock.close()
}

// One by one: on file systems that make no directories, Node's recursive form never comes back.
function makeDirectories(path: string): void {
  if (existsSync(path)) return
  makeDirectories(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

function nearestPresent(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestPresent(dirname(path))
}
