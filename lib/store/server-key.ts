import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { sqliteFile } from "./client"
import { createKeys, type Keys, minServerKeyLength } from "./keys"
import { keepSecretFile } from "./secret-file"
import { StartError } from "./start-error"

/**
 * The keys of this installation: from the given value, else the given file, else a file in the data directory
 * that the first start makes. Several keys stand one per line or comma-separated, the current one first.
 * Throws a StartError when a key cannot be read or is too short, or when the file is gone but its database is not.
 */
export function loadKeys(from: {
  readonly serverKey: string | null
  readonly serverKeyFile: string | null
  readonly dataDir: string
}): Keys {
  const [current, ...older] = serverKeyText(from)
    .split(/[\s,]+/)
    .filter((key) => key !== "")
  if (current === undefined || [current, ...older].some((key) => key.length < minServerKeyLength)) {
    throw new StartError(`The server key must have at least ${minServerKeyLength} characters without spaces.`)
  }
  return createKeys([current, ...older])
}

function serverKeyText(from: Parameters<typeof loadKeys>[0]): string {
  if (from.serverKey !== null) return from.serverKey
  if (from.serverKeyFile === null) return ownKeyText(from.dataDir)
  try {
    return readFileSync(from.serverKeyFile, "utf8")
  } catch {
    throw new StartError(`The server key file ${from.serverKeyFile} cannot be read: check its path and its owner.`)
  }
}

function ownKeyText(dataDir: string): string {
  const file = join(dataDir, "server-key")
  if (!existsSync(file) && existsSync(sqliteFile(dataDir))) {
    throw new StartError(
      `The file ${file} is missing, but the database beside it was made with it: restore it from a backup, or set GATEHOUSE_SERVER_KEY.`,
    )
  }
  return keepSecretFile(file)
}
