import { join } from "node:path"
import { freshSecret, keepSecretFile, type StagedSecret, stageSecretFile } from "./secret-file"

/** The secret that devices present before they hold a token of their own. */
export type SharedSecret = {
  current(): string
  readonly source: "environment" | "file"
  /**
   * A fresh secret, to be put in force for connects from then on or to be discarded; null where the environment gives
   * the secret, which can only be changed there.
   */
  stage(): ({ readonly secret: string } & StagedSecret) | null
}

/** The shared secret: the given one, else the one in the data directory, which the first start makes. */
export function openSharedSecret(given: string | null, dataDir: string): SharedSecret {
  if (given !== null) {
    return { current: () => given, source: "environment", stage: () => null }
  }
  const file = join(dataDir, "gateway-token")
  let secret = keepSecretFile(file)
  return {
    current: () => secret,
    source: "file",
    stage() {
      const fresh = freshSecret()
      const { putInForce, discard } = stageSecretFile(file, fresh)
      return {
        secret: fresh,
        discard,
        putInForce() {
          putInForce()
          secret = fresh
        },
      }
    },
  }
}
