import { join } from "node:path"
import { freshSecret, keepSecretFile, writeSecretFile } from "./secret-file"

/** The secret that devices present before they hold a token of their own. */
export type SharedSecret = {
  current(): string
  readonly source: "environment" | "file"
  /** Replaces the secret for connects from now on; a secret given by the environment can only be changed there. */
  rotate():
    | { readonly ok: true; readonly secret: string }
    | { readonly ok: false; readonly because: "set-by-environment" }
}

/** The shared secret: the given one, else the one in the data directory, which the first start makes. */
export function openSharedSecret(given: string | null, dataDir: string): SharedSecret {
  if (given !== null) {
    return { current: () => given, source: "environment", rotate: () => ({ ok: false, because: "set-by-environment" }) }
  }
  const file = join(dataDir, "gateway-token")
  let secret = keepSecretFile(file)
  return {
    current: () => secret,
    source: "file",
    rotate() {
      const fresh = freshSecret()
      writeSecretFile(file, fresh)
      secret = fresh
      return { ok: true, secret }
    },
  }
}
