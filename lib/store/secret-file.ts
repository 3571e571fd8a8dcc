import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"

/** A fresh secret of 256 bits as base64url. */
export function freshSecret(): string {
  return randomBytes(32).toString("base64url")
}

/** The secret in a file, made at the first call. Only the owner of the process can read the file (mode 0600). */
export function keepSecretFile(file: string): string {
  if (!existsSync(file)) stageSecretFile(file, freshSecret()).putInForce()
  return readFileSync(file, "utf8").trim()
}

/** A secret written beside its file: what can fail is over, and its readers see the old one or the new one. */
export type StagedSecret = { putInForce(): void; discard(): void }

/** Writes a secret beside the file that it is to replace. */
export function stageSecretFile(file: string, secret: string): StagedSecret {
  const fresh = `${file}.${process.pid}.new`
  writeFileSync(fresh, `${secret}\n`, { mode: 0o600 })
  chmodSync(fresh, 0o600)
  return { putInForce: () => renameSync(fresh, file), discard: () => rmSync(fresh, { force: true }) }
}
