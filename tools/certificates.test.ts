import { createPrivateKey, X509Certificate } from "node:crypto"
import { expect, it } from "vitest"
import { createAuthority } from "./certificates"

it("issues certificates that hold for their names, for their key and by their authority alone", () => {
  const authority = createAuthority("A private authority")
  const { cert, key } = authority.issue(["gate.example", "127.0.0.1"])
  const [root, leaf] = [new X509Certificate(authority.ca), new X509Certificate(cert)]
  expect(root).toMatchObject({ ca: true, subject: "CN=A private authority" })
  expect(leaf).toMatchObject({ ca: false, issuer: "CN=A private authority" })
  expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
  expect(leaf.checkIssued(root) && leaf.verify(root.publicKey)).toBe(true)
  expect(leaf.verify(new X509Certificate(createAuthority("A private authority").ca).publicKey)).toBe(false)
  expect([leaf.checkHost("gate.example"), leaf.checkIP("127.0.0.1")]).toEqual(["gate.example", "127.0.0.1"])
  expect([leaf.checkHost("other.example"), leaf.checkIP("127.0.0.2")]).toEqual([undefined, undefined])
})
