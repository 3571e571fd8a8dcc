import { createHash, timingSafeEqual } from "node:crypto"
import type { ConnectParams } from "./frames"

const digest = (text: string) => createHash("sha256").update(text).digest()

/** Whether a text is the secret, in a time that tells nothing about either. */
function isSecret(text: string | undefined, secret: string): boolean {
  return timingSafeEqual(digest(text ?? ""), digest(secret)) && text !== undefined
}

/**
 * How the connect stands to the shared secret. Either field may carry it; both are compared in any case. A secret
 * that is blank opens nothing.
 */
export function checkSharedSecret(auth: ConnectParams["auth"], secret: string): "ok" | "missing" | "mismatch" {
  const [byToken, byPassword] = [isSecret(auth?.token, secret), isSecret(auth?.password, secret)]
  if (auth?.token === undefined && auth?.password === undefined) return "missing"
  return (byToken || byPassword) && secret.trim() !== "" ? "ok" : "mismatch"
}
