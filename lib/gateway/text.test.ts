import { describe, expect, it } from "vitest"
import { cutToBytes, plainText } from "./text"

describe("what is kept of a name", () => {
  it.each([
    ["an honest one stays", "Kitchen tablet", "Kitchen tablet"],
    ["other scripts stay", "Küche – 台所 – кухня – מטבח", "Küche – 台所 – кухня – מטבח"],
    ["spaces and line breaks become one space", "  a \r\n\t b ", "a b"],
    ["control characters go", "a\u0000b\u001b[31mc\u007f", "ab[31mc"],
    ["bidirectional controls go", "abc\u202Etxt.exe\u2066", "abctxt.exe"],
    ["zero-width characters go", "a\u200Bd\u200Cm\u2060i\uFEFFn", "admin"],
    ["tags and lone surrogates go", "a\u{E0041}b\uD800c", "abc"],
    ["heaped marks are cut", `o${"\u0301".repeat(50)}`, "ó\u0301\u0301"],
    ["letters are composed", "e\u0301", "é"],
  ])("%s", (_what, given, kept) => {
    expect(plainText(given, 64)).toBe(kept)
  })

  it("is cut to a number of characters, not inside one", () => {
    expect(plainText("😀".repeat(10_000), 64)).toBe("😀".repeat(64))
  })

  it.each([[undefined], [""], [" "], ["\u0000\u202E"]])("is null when nothing is left of %j", (given) => {
    expect(plainText(given, 64)).toBeNull()
  })
})

describe("close reasons", () => {
  it("stay as they are up to 120 bytes", () => {
    expect(cutToBytes("a".repeat(120), 120)).toBe("a".repeat(120))
  })

  it("are never cut inside a character", () => {
    expect(cutToBytes(`${"a".repeat(119)}é`, 120)).toBe("a".repeat(119))
    expect(cutToBytes("😀".repeat(40), 121)).toBe("😀".repeat(30))
  })
})
