import { describe, expect, it } from "vitest"
import { csvHeader, csvLine, jsonLine } from "./audit-export"
import type { AuditRow } from "./types"

function entry(changes: Partial<AuditRow> = {}): AuditRow {
  return {
    id: "e1",
    atMs: Date.UTC(2026, 10, 23, 8, 30),
    action: "device.renamed",
    actionName: "device.renamed",
    actor: { kind: "admin", name: "Mara", id: "a1" },
    device: { id: "d1", name: "Ops laptop", exists: true },
    subject: null,
    before: { label: null },
    after: { label: "Ops" },
    note: null,
    seal: { seq: 7, hash: "abc" },
    ...changes,
  }
}

describe("csvLine", () => {
  it("has one cell for each column of the header, and ends the line", () => {
    expect(csvHeader.trim().split(",")).toHaveLength(15)
    expect(csvLine(entry({ before: null, after: null }), "Mara renamed Ops laptop.")).toBe(
      '"2026-11-23T08:30:00.000Z","device.renamed","Mara renamed Ops laptop.","admin","Mara","a1","d1","Ops laptop","","","","","7","abc","e1"\r\n',
    )
  })

  it.each(["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1"])("keeps %j text", (note) => {
    expect(csvLine(entry({ note }), "")).toContain(`"'${note}"`)
  })

  it.each([
    ["a quote", 'say "no"', '"say ""no"""'],
    ["a comma", "one, two", '"one, two"'],
    ["a new line", "one\ntwo", '"one\ntwo"'],
    ["a sign that does not come first", "a=b", '"a=b"'],
  ])("keeps a cell with %s whole", (_case, note, cell) => {
    expect(csvLine(entry({ note }), "")).toContain(cell)
  })
})

it("writes a line of JSON with the instant for people and for machines", () => {
  const line = jsonLine(entry({ note: "one\ntwo" }), "Mara renamed Ops laptop.")
  expect(line.indexOf("\n")).toBe(line.length - 1)
  expect(JSON.parse(line)).toMatchObject({
    actionName: "device.renamed",
    at: "2026-11-23T08:30:00.000Z",
    atMs: Date.UTC(2026, 10, 23, 8, 30),
    note: "one\ntwo",
    before: { label: null },
    sentence: "Mara renamed Ops laptop.",
  })
})
