import { hash, verify } from "@node-rs/argon2"
import { z } from "zod"

/** OWASP's figures for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Of random bytes that nobody kept: checked in place of the hash of an account that is not there. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$FKvhbXMRq8asU6Lj38PdXg$xi6mHXAh/xTwAsJM3PYRZDAo/gk8RhZZ14IfR5PHltc"

/** A new password: 10 to 256 characters, any characters. The upper end bounds the work that a stranger can ask for. */
export const newPassword = z.string().min(10, "Use at least 10 characters.").max(256, "Use at most 256 characters.")

/** The argon2id hash of a password, with its parameters and a fresh salt, as it is stored. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost)
}

/**
 * Whether a password fits. A null hash (no such account, or one without a password) costs the same work and is false,
 * so that the time of the answer does not tell which accounts exist.
 */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? nobodysHash, password.slice(0, 256).normalize("NFKC"))
  return fits && passwordHash !== null
}
