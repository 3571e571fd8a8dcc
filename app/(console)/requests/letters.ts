/** Where two names differ: the places of the letters of each that the other has not there. */
export type Differing = { readonly own: readonly number[]; readonly others: readonly number[] }

/** Which letters of two names keep them apart, by the longest run of letters that both have in their order. */
export function differingLetters(own: string, other: string): Differing {
  const [first, second] = [[...own], [...other]]
  // common[i][j]: how many letters the rest of the first from i and the rest of the second from j have in common.
  const common = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      const row = common[i]
      if (row) row[j] = first[i] === second[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const found: { own: number[]; others: number[] } = { own: [], others: [] }
  let [i, j] = [0, 0]
  while (i < first.length || j < second.length) {
    if (i < first.length && j < second.length && first[i] === second[j]) [i, j] = [i + 1, j + 1]
    else if (j === second.length || (i < first.length && at(i + 1, j) >= at(i, j + 1))) found.own.push(i++)
    else found.others.push(j++)
  }
  return found
}

const scripts: readonly (readonly [string, RegExp])[] = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Georgian", /\p{Script=Georgian}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
  ["Lisu", /\p{Script=Lisu}/u],
  ["Coptic", /\p{Script=Coptic}/u],
  ["Han", /\p{Script=Han}/u],
  ["Japanese", /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ["Korean", /\p{Script=Hangul}/u],
]

/** One letter in words, so that those that look alike are told apart: "Cyrillic а (U+0430)", "capital I (U+0049)". */
export function letterInWords(letter: string): string {
  const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
  return `${nameOf(letter)} (${code})`
}

function nameOf(letter: string): string {
  if (letter === " ") return "blank"
  if (/^[0-9]$/.test(letter)) return `digit ${letter}`
  if (/^[A-Z]$/.test(letter)) return `capital ${letter}`
  if (/^[a-z]$/.test(letter)) return `small ${letter}`
  if (/^\p{M}$/u.test(letter)) return "a mark on a letter"
  const script = scripts.find(([, has]) => has.test(letter))?.[0]
  return `${script ?? (/^\p{L}$/u.test(letter) ? "letter" : "sign")} ${letter}`
}

const mostNamed = 4

/** Some letters of a name in words; "nothing" for none. */
export function lettersInWords(name: string, places: readonly number[]): string {
  const letters = [...name]
  const named = [...new Set(places.map((place) => letterInWords(letters[place] ?? "")))]
  if (named.length === 0) return "nothing"
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : ""
  return named.slice(0, mostNamed).join(", ") + more
}
