import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { jsonMembers } from "./json-members"

const folder = mkdtempSync(join(tmpdir(), "gatehouse-members-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function members(text: string): Promise<readonly (readonly [string, unknown])[]> {
  const file = join(folder, "some.json")
  writeFileSync(file, text)
  const found: (readonly [string, unknown])[] = []
  for await (const member of jsonMembers(file)) found.push(member)
  return found
}

describe("the members of an object in a file", () => {
  it.each([
    ["none", "{}"],
    ["one", '{"a":1}'],
    ["nested and pretty", JSON.stringify({ a: { b: [1, { c: "}" }], d: "," }, e: [] }, null, 2)],
    ["texts with quotes, braces and escapes", JSON.stringify({ 'k"}{,': 'v\\"],', "\\": "\\\\", é: "\u{1F600}" })],
    ["a name that means something to JavaScript", '{"__proto__":{"a":1},"b":2}'],
    ["a byte order mark, and white space around", '\uFEFF \n{"a":1}\n'],
  ])("%s", async (_case, text) => {
    expect(await members(text)).toEqual(Object.entries(JSON.parse(text.replace("\uFEFF", ""))))
  })

  it("are found wherever the pieces that are read begin and end", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`id-${index}`, { name: `"é\\{${index}}`, scopes: ["a", "b,"] }]),
    )
    expect(await members(JSON.stringify(many))).toEqual(Object.entries(many))
  })
})

describe("a file that is not one whole object", () => {
  it.each([
    ["empty", ""],
    ["a list", '[{"a":1}]'],
    ["a text", '"a"'],
    ["cut off", '{"a":{"b":1}'],
    ["cut off in a text", '{"a":"b'],
    ["with something after it", '{"a":1} {"b":2}'],
    ["with a member that is none", '{"a":1,b}'],
    ["with brackets that do not match", '{"a":[1}'],
  ])("is refused as damaged: %s", async (_case, text) => {
    await expect(members(text)).rejects.toThrow("does not hold a JSON object, or only part of one")
  })
})
