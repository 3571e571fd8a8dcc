import { join } from "node:path"
import Sqlite from "better-sqlite3"
import { z } from "zod"

const identitySchema = z.object({ device_id: z.string() })
const tokenSchema = z.object({ token: z.string() })

/** The id of the device that a real client has made itself. */
export function deviceIdOf(stateDir: string): string {
  return identitySchema.parse(firstRow(stateDir, "SELECT device_id FROM device_identities")).device_id
}

/** The device token that it keeps. Commands that end at once keep none. */
export function storedToken(stateDir: string, role: string): string {
  return tokenSchema.parse(firstRow(stateDir, "SELECT token FROM device_auth_tokens WHERE role = ?", role)).token
}

function firstRow(stateDir: string, sql: string, ...values: readonly string[]): unknown {
  const database = new Sqlite(join(stateDir, "state", "openclaw.sqlite"), { readonly: true })
  try {
    return database.prepare(sql).get(...values)
  } finally {
    database.close()
  }
}
