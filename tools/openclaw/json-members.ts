import { createReadStream } from "node:fs"
import { StartError } from "@/lib/store/start-error"

/**
 * The members of the one object that a JSON file holds, one by one and in its order, so that a file of any size needs
 * the memory of its largest member only. Throws a StartError when the file holds anything else, or ends too early.
 */
export async function* jsonMembers(file: string): AsyncGenerator<readonly [name: string, value: unknown]> {
  const damaged = () => new StartError(`${file} does not hold a JSON object, or only part of one.`)
  const scan = createScan()
  for await (const chunk of createReadStream(file, { encoding: "utf8" })) {
    for (const text of scan.feed(String(chunk), damaged)) yield memberOf(text, damaged)
  }
  if (!scan.isOver()) throw damaged()
}

/** Reads a file to its end, so that of a damaged one nothing is taken. Throws as `jsonMembers` does. */
export async function checkMembers(file: string): Promise<void> {
  for await (const _ of jsonMembers(file));
}

function memberOf(text: string, damaged: () => StartError): readonly [string, unknown] {
  let parsed: unknown
  try {
    parsed = JSON.parse(`{${text}}`)
  } catch {
    throw damaged()
  }
  const [member, ...more] = Object.entries(Object(parsed))
  if (member === undefined || more.length > 0) throw damaged()
  return member
}

/** Finds where members end: at a comma or the last brace that stands in no string and in nothing that is nested. */
function createScan() {
  let depth = 0
  let isOver = false
  let isInString = false
  let isEscaped = false
  let begun = ""

  function* feed(chunk: string, damaged: () => StartError): Generator<string> {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const char = chunk[at] ?? ""
      if (isInString) {
        if (isEscaped) isEscaped = false
        else if (char === "\\") isEscaped = true
        else if (char === '"') isInString = false
        continue
      }
      if (depth === 0) {
        // Only white space may stand around the object.
        if (char.trim() === "" || char === "\uFEFF") continue
        if (char !== "{" || isOver) throw damaged()
        depth = 1
        from = at + 1
        continue
      }
      if (char === '"') isInString = true
      else if (char === "{" || char === "[") depth += 1
      else if (char === "}" || char === "]") depth -= 1
      const isEnd = depth === 0
      if (!isEnd && !(depth === 1 && char === ",")) continue
      const text = begun + chunk.slice(from, at)
      begun = ""
      from = at + 1
      isOver = isEnd
      if (text.trim() !== "") yield text
    }
    if (depth > 0) begun += chunk.slice(from)
  }

  return { feed, isOver: () => isOver }
}
