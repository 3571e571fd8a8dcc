import { createHash, timingSafeEqual } from "node:crypto"
import type { ConnectParams } from "./frames"

const digest = (text: string) => createHash("sha256").update(text).digest()

/**
 * How the connect stands to the shared secret. Either field may carry it; each that is there is compared, in a time
 * that tells nothing about either. A secret that is blank opens nothing.
 */
export function checkSharedSecret(auth: ConnectParams["auth"], secret: string): "ok" | "missing" | "mismatch" {
  const given = [auth?.token, auth?.password].filter((text) => text !== undefined)
  if (given.length === 0) return "missing"
  const wanted = digest(secret)
  const matches = given.map((text) => timingSafeEqual(digest(text), wanted))
  return matches.includes(true) && secret.trim() !== "" ? "ok" : "mismatch"
}
