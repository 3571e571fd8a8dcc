import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"
import { isIP } from "node:net"

// X.509 in as much DER as a private authority and its certificates need, so that tests ask for no other program.

export type Authority = {
  /** Its own certificate, in PEM form: what clients are told to trust. */
  readonly ca: string
  /** A certificate for these host names and IPv4 addresses, with its key, both in PEM form. */
  readonly issue: (names: readonly string[]) => { readonly cert: string; readonly key: string }
}

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"))
const commonName = oid("550403")
const subjectAltName = oid("551d11")
const basicConstraints = oid("551d13")
const validDays = 30

/** Makes a certificate authority of its own, which nobody trusts until they are told to. */
export function createAuthority(name: string): Authority {
  const own = newKey()
  const subject = nameOf(name)
  const isAuthority = extension(basicConstraints, sequence(boolean(true)))
  const signed = (holder: Buffer, key: KeyObject, more: Buffer) =>
    certificate({ subject: holder, publicKey: key, extensions: more, issuer: subject, issuerKey: own.privateKey })
  return {
    ca: signed(subject, own.publicKey, isAuthority),
    issue: (names) => {
      const { publicKey, privateKey } = newKey()
      const alternatives = extension(subjectAltName, sequence(...names.map(alternativeName)))
      const cert = signed(nameOf(names[0] ?? ""), publicKey, alternatives)
      return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() }
    },
  }
}

function newKey() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" })
}

type Parts = { subject: Buffer; publicKey: KeyObject; extensions: Buffer; issuer: Buffer; issuerKey: KeyObject }

function certificate({ subject, publicKey, extensions, issuer, issuerKey }: Parts): string {
  const nowMs = Date.now()
  const dayMs = 24 * 60 * 60 * 1000
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    // A serial number is positive: its first bit is 0.
    tagged(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    issuer,
    sequence(utcTime(nowMs - dayMs), utcTime(nowMs + validDays * dayMs)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(extensions)),
  )
  const signature = sign("sha256", body, issuerKey)
  const whole = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.of(0), signature))
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`
}

function nameOf(text: string): Buffer {
  return sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(text)))))
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 4 ? tagged(0x87, Buffer.from(name.split(".").map(Number))) : tagged(0x82, Buffer.from(name))
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, boolean(true), tagged(0x04, value))
}

function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, "").slice(2, 14)
  return tagged(0x17, Buffer.from(`${digits}Z`))
}

function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.of(value ? 0xff : 0))
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts)
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(content), content])
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length)
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
}
