import { describe, expect, it } from "vitest"
import { createKeys } from "./keys"

const [key, other] = ["a-server-key-of-32-characters-or-more", "another-server-key-of-32-characters-or-more"] as const
const keys = createKeys([key])
const text = "the secret of the gateway — ünïcode"
const sealed = keys.seal("upstream-secret", text)

describe("a sealed text", () => {
  it("opens under its key for its use, as it was", () => {
    expect(keys.open("upstream-secret", sealed)).toBe(text)
    expect(createKeys([key]).open("upstream-secret", sealed)).toBe(text)
    expect(keys.open("upstream-secret", keys.seal("upstream-secret", ""))).toBe("")
  })

  it("shows nothing of the text, and is another one each time", () => {
    expect(sealed).toMatch(/^[0-9a-f]{8}\.[A-Za-z0-9_-]+$/)
    expect(Buffer.from(sealed.slice(9), "base64url").toString("latin1")).not.toContain("secret")
    expect(keys.seal("upstream-secret", text)).not.toBe(sealed)
  })

  it("opens after the key was rolled, as long as the old one is in the ring, and is sealed under the new one then", () => {
    const rolled = createKeys([other, key])
    expect(rolled.open("upstream-secret", sealed)).toBe(text)
    const again = rolled.seal("upstream-secret", text)
    expect(createKeys([other]).open("upstream-secret", again)).toBe(text)
    expect(keys.open("upstream-secret", again)).toBeNull()
  })

  const flipped = (index: number) => {
    const bytes = Buffer.from(sealed.slice(9), "base64url")
    bytes[index] = (bytes[index] ?? 0) ^ 1
    return `${sealed.slice(0, 9)}${bytes.toString("base64url")}`
  }
  it.each([
    ["under another key", createKeys([other]).open("upstream-secret", sealed)],
    [
      "under another key that takes its id",
      createKeys([other]).open("upstream-secret", `${createKeys([other]).keyId}${sealed.slice(8)}`),
    ],
    ["for another use", keys.open("node-key", sealed)],
    ["for a use that begins alike", keys.open("upstream-secre", sealed)],
    ["with another nonce", keys.open("upstream-secret", flipped(0))],
    ["with another tag", keys.open("upstream-secret", flipped(12))],
    ["with other content", keys.open("upstream-secret", flipped(28))],
    ["cut off", keys.open("upstream-secret", sealed.slice(0, -4))],
    ["with a shorter tag", keys.open("upstream-secret", sealed.slice(0, 9 + 20))],
    ["with something after it", keys.open("upstream-secret", `${sealed}=`)],
    ["without its key's id", keys.open("upstream-secret", sealed.slice(9))],
    ["that is empty", keys.open("upstream-secret", "")],
    ["that is no sealed text", keys.open("upstream-secret", text)],
  ])("does not open %s", (_case, opened) => expect(opened).toBeNull())
})
