import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto"

/** A device: one Ed25519 key pair. `seed` is all that must be kept to be the same device again. */
export type DeviceIdentity = {
  readonly deviceId: string
  readonly publicKey: string
  readonly seed: Buffer
  readonly privateKey: KeyObject
}

const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex")
const spkiPrefixLength = 12

/** The device of a 32-byte seed; the same seed is always the same device. */
export function identityFromSeed(seed: Buffer): DeviceIdentity {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" })
  const raw = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(spkiPrefixLength)
  return {
    deviceId: createHash("sha256").update(raw).digest("hex"),
    publicKey: raw.toString("base64url"),
    seed,
    privateKey,
  }
}

/** A new device with a random key. */
export function createIdentity(): DeviceIdentity {
  return identityFromSeed(randomBytes(32))
}

/** Signs a text with the key of the device, as base64url. */
export function signText(identity: DeviceIdentity, text: string): string {
  return sign(null, Buffer.from(text, "utf8"), identity.privateKey).toString("base64url")
}
