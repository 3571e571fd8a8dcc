import { type Doing, doings, doingWords } from "../devices/[deviceId]/doings"

/** Letters of a word from which on it is taken for something to do. */
const fewestLetters = 3

/** What a text begins with that can be done to a device, and the words after it that name the device. */
export function splitDoing(text: string): { readonly doing: Doing; readonly rest: string } | null {
  const [first = "", ...others] = text.toLowerCase().split(/\s+/)
  const doing = first.length < fewestLetters ? undefined : doings.find((each) => each.startsWith(first))
  if (doing === undefined) return null
  const filler = new Set(doingWords[doing].name.toLowerCase().split(" ").slice(1))
  const from = others.findIndex((word) => !filler.has(word))
  return { doing, rest: from === -1 ? "" : others.slice(from).join(" ") }
}
