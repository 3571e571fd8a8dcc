import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { differingLetters, letterInWords, lettersInWords } from "./letters"

describe("two names that look alike", () => {
  it.each([
    ["Аnna", "Anna", "Cyrillic А (U+0410)", "capital A (U+0041)"],
    ["Ops Iaptop", "Ops laptop", "capital I (U+0049)", "small l (U+006C)"],
    ["1apt0p", "laptop", "digit 1 (U+0031), digit 0 (U+0030)", "small l (U+006C), small o (U+006F)"],
    ["modern", "modem", "small r (U+0072), small n (U+006E)", "small m (U+006D)"],
    ["Ops  laptop", "Ops laptop", "blank (U+0020)", "nothing"],
    ["Αlpha", "Alpha", "Greek Α (U+0391)", "capital A (U+0041)"],
    ["Anna’s", "Anna's", "sign ’ (U+2019)", "sign ' (U+0027)"],
    ["Anna", "Anna", "nothing", "nothing"],
  ])("%s and %s differ by %s and %s", (own, other, here, there) => {
    const places = differingLetters(own, other)
    expect([lettersInWords(own, places.own), lettersInWords(other, places.others)]).toEqual([here, there])
  })

  it.each([
    ["а", "Cyrillic а (U+0430)"],
    ["ı", "Latin ı (U+0131)"],
    ["\u0301", "a mark on a letter (U+0301)"],
    ["𝐀", "letter 𝐀 (U+1D400)"],
  ])("of %s say %s", (letter, words) => expect(letterInWords(letter)).toBe(words))

  it("have the same rest, whatever they are", () => {
    const name = fc.array(fc.constantFrom(..."aаb l1"), { maxLength: 12 }).map((letters) => letters.join(""))
    fc.assert(
      fc.property(name, name, (own, other) => {
        const places = differingLetters(own, other)
        const rest = (text: string, out: readonly number[]) => [...text].filter((_, at) => !out.includes(at)).join("")
        expect(rest(own, places.own)).toBe(rest(other, places.others))
        if (own === other) expect(places).toEqual({ own: [], others: [] })
      }),
    )
  })

  it("of which much differs name the first letters of it", () => {
    expect(lettersInWords("abcdef", [0, 1, 2, 3, 4, 5])).toMatch(/^small a \(U\+0061\), .+ and 2 more$/)
  })
})
