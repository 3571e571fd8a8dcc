import { createHash, createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto"
import { importedId, isImported } from "@/lib/pairing/tokens"
import type { Role } from "@/lib/pairing/types"
import { openText, sealedUnder, sealText } from "./sealing"

/** Subkeys of the server key, one per use. The key itself never leaves this module. */
export type Keys = {
  /** Names the current key in the database and in fresh token ids. */
  readonly keyId: string
  /** Every key that is accepted, the current one first: its id and the value that proves it in the database. */
  readonly checks: readonly { readonly keyId: string; readonly checkValue: string }[]
  /** A fresh random token id under the current key. */
  newTokenId(): string
  /**
   * The secret of a token: 256 bits as base64url. The same input gives the same secret under the same key. Throws for
   * a token of another gateway, of which only the hash is known.
   */
  deriveToken(tokenId: string, deviceId: string, role: Role): string
  /** Whether a secret is that of a token, issued here or imported, in a time that does not depend on how much of it is right. */
  isSecretOf(
    token: { readonly tokenId: string; readonly deviceId: string; readonly role: Role },
    secret: string,
  ): boolean
  /** Signs a text with the current key. */
  sign(text: string): string
  /** Whether a text was signed with the key of that id; false where that key is not known. */
  isSigned(text: string, keyId: string, signature: string): boolean
  /** Encrypts a text for one use under the current key, whose id stands in the result. */
  seal(use: string, text: string): string
  /** The text that was sealed for that use; null when it was changed, or sealed for another use or under no known key. */
  open(use: string, sealed: string): string | null
}

const uses = {
  id: "key-id",
  check: "key-check",
  token: "device-token",
  sign: "audit-head",
  seal: "sealed-text",
} as const

/** Shortest accepted server key, in characters. */
export const minServerKeyLength = 32

/**
 * The keys behind one or more server keys, the current one first; the others only verify what was issued before a
 * roll. Throws when a key is too short to be one.
 */
export function createKeys(serverKeys: readonly [string, ...string[]]): Keys {
  const [current, ...older] = serverKeys
  const ring = { current: subkeys(current), older: older.map(subkeys) }
  const all = [ring.current, ...ring.older]
  const deriveToken = (tokenId: string, deviceId: string, role: Role): string => {
    if (isImported({ tokenId })) throw new Error("The secret of an imported token is not known.")
    const owner = all.find(({ keyId }) => tokenId.endsWith(`.${keyId}`)) ?? ring.current
    return hmac(owner.token, `gatehouse.token.v1|${tokenId}|${deviceId}|${role}`)
  }
  return {
    keyId: ring.current.keyId,
    checks: all.map(({ keyId, checkValue }) => ({ keyId, checkValue })),
    newTokenId: () => `${randomUUID()}.${ring.current.keyId}`,
    deriveToken,
    isSecretOf({ tokenId, deviceId, role }, secret) {
      return isImported({ tokenId })
        ? isSameSecret(importedTokenId(secret, deviceId, role), tokenId)
        : isSameSecret(deriveToken(tokenId, deviceId, role), secret)
    },
    sign: (text) => hmac(ring.current.sign, text),
    isSigned(text, keyId, signature) {
      const owner = all.find((key) => key.keyId === keyId)
      return owner !== undefined && isSameSecret(hmac(owner.sign, text), signature)
    },
    seal: (use, text) => sealText(ring.current.seal, ring.current.keyId, use, text),
    open(use, sealed) {
      const owner = all.find((key) => key.keyId === sealedUnder(sealed))
      return owner === undefined ? null : openText(owner.seal, use, sealed)
    },
  }
}

function subkeys(serverKey: string) {
  if (serverKey.length < minServerKeyLength) {
    throw new Error(`A server key needs at least ${minServerKeyLength} characters.`)
  }
  const subkey = (use: string) => Buffer.from(hkdfSync("sha256", serverKey, "gatehouse", `gatehouse.${use}.v1`, 32))
  return {
    keyId: subkey(uses.id).toString("hex").slice(0, 8),
    checkValue: subkey(uses.check).toString("base64url"),
    token: subkey(uses.token),
    sign: subkey(uses.sign),
    seal: subkey(uses.seal),
  }
}

/** The id of a token of another gateway. Device and role go into the hash, so it tells nothing about the same secret elsewhere. */
export function importedTokenId(secret: string, deviceId: string, role: Role): string {
  const hash = createHash("sha256").update(`gatehouse.imported.v1|${deviceId}|${role}|${secret}`)
  return importedId(hash.digest("base64url"))
}

function hmac(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url")
}

/** Compares two secrets in a time that depends on their lengths only. */
export function isSameSecret(first: string, second: string): boolean {
  const [one, other] = [Buffer.from(first), Buffer.from(second)]
  return one.length === other.length && timingSafeEqual(one, other)
}
