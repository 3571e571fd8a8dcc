import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"

/** A fresh secret of 256 bits as base64url. */
export function freshSecret(): string {
  return randomBytes(32).toString("base64url")
}

/** The secret in a file, made at the first call. Only the owner of the process can read the file (mode 0600). */
export function keepSecretFile(file: string): string {
  if (!existsSync(file)) writeSecretFile(file, freshSecret())
  return readFileSync(file, "utf8").trim()
}

/** Replaces the secret in a file in one step: a reader sees the old one or the new one. */
export function writeSecretFile(file: string, secret: string): void {
  const fresh = `${file}.${process.pid}.new`
  writeFileSync(fresh, `${secret}\n`, { mode: 0o600 })
  chmodSync(fresh, 0o600)
  renameSync(fresh, file)
}
