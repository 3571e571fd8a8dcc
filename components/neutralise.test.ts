import { describe, expect, it } from "vitest"
import { neutralise } from "./neutralise"

describe("a name that a device chose", () => {
  it.each([
    ["an ordinary name", "Ops laptop", "Ops laptop", false],
    ["another script", "מחשב של דנה", "מחשב של דנה", false],
    ["an accent", "Zoë's café", "Zoë's café", false],
    ["blanks around and between", "  Ops \n  laptop ", "Ops laptop", false],
    ["a right-to-left override", "Ops \u202Elaptop", "Ops laptop", true],
    ["an isolate that is never closed", "\u2067Ops laptop", "Ops laptop", true],
    ["zero-width characters", "O\u200Bps\u200D lap\uFEFFtop", "Ops laptop", true],
    ["control characters", "Ops\u0000 \u001b[31mlaptop", "Ops [31mlaptop", true],
    ["tag characters", "Ops\u{E0041}\u{E0042} laptop", "Ops laptop", true],
    ["a filler that looks like a blank", "Ops\u3164laptop", "Opslaptop", true],
    ["a lone surrogate", "Ops\uD800 laptop", "Ops laptop", true],
    ["marks piled on a letter", `O${"\u0300".repeat(40)}ps`, "O\u0300\u0300ps", true],
  ])("shows %s", (_case, claimed, text, altered) => {
    expect(neutralise(claimed)).toEqual({ text, altered })
  })

  it("is cut at the limit, by whole characters", () => {
    const shown = neutralise("😀".repeat(10_000))
    expect([...(shown?.text ?? "")]).toHaveLength(64)
    expect(shown).toMatchObject({ altered: true })
    expect(shown?.text.endsWith("😀…")).toBe(true)
    expect(neutralise("x".repeat(64))).toEqual({ text: "x".repeat(64), altered: false })
  })

  it.each([null, "", "   ", "\u200B\u202E", "\u0000"])("is none where nothing can be seen: %j", (claimed) => {
    expect(neutralise(claimed)).toBeNull()
  })
})
