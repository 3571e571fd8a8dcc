import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"

const cipher = "aes-256-gcm"
const ivLength = 12
const tagLength = 16

/** A text encrypted for one use under a key: another use, another key or a changed character does not open it. */
export function sealText(key: Buffer, keyId: string, use: string, text: string): string {
  const iv = randomBytes(ivLength)
  const sealing = createCipheriv(cipher, keyFor(key, use), iv)
  const encrypted = Buffer.concat([sealing.update(text, "utf8"), sealing.final()])
  return `${keyId}.${Buffer.concat([iv, sealing.getAuthTag(), encrypted]).toString("base64url")}`
}

/** The id of the key that a text was sealed under. */
export function sealedUnder(sealed: string): string {
  return sealed.slice(0, Math.max(0, sealed.indexOf(".")))
}

/** The text behind a sealed one; null when it was sealed for another use, under another key, or was changed since. */
export function openText(key: Buffer, use: string, sealed: string): string | null {
  const body = sealed.slice(sealed.indexOf(".") + 1)
  const bytes = Buffer.from(body, "base64url")
  // Decoding forgives what it does not understand; only the text that was written counts.
  if (bytes.length < ivLength + tagLength || bytes.toString("base64url") !== body) return null
  const opening = createDecipheriv(cipher, keyFor(key, use), bytes.subarray(0, ivLength), { authTagLength: tagLength })
  opening.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
  try {
    return Buffer.concat([opening.update(bytes.subarray(ivLength + tagLength)), opening.final()]).toString("utf8")
  } catch {
    return null
  }
}

function keyFor(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "gatehouse", `gatehouse.seal.${use}.v1`, 32))
}
