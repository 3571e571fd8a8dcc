import { stringify } from "csv-stringify/sync"
import type { AuditRow } from "./types"

const columns = [
  "time",
  "action",
  "sentence",
  "actor kind",
  "actor",
  "actor id",
  "device id",
  "device",
  "subject",
  "before",
  "after",
  "note",
  "seq",
  "hash",
  "id",
]

// Spreadsheets run cells that begin with = + - @ or a tab as formulas; an apostrophe before them keeps them text.
const csvOptions = { escape_formulas: true, quoted_string: true, record_delimiter: "\r\n" } as const

/** The first line of a CSV file of audit entries. */
export const csvHeader: string = stringify([columns], csvOptions)

/** One entry as a line of CSV, safe to open in a spreadsheet. Instants are ISO 8601 in UTC. */
export function csvLine(row: AuditRow, sentence: string): string {
  const cells = [
    new Date(row.atMs).toISOString(),
    row.actionName,
    sentence,
    row.actor.kind,
    row.actor.name,
    row.actor.id,
    row.device?.id,
    row.device?.name,
    row.subject,
    row.before === null ? null : JSON.stringify(row.before),
    row.after === null ? null : JSON.stringify(row.after),
    row.note,
    row.seal === null ? null : String(row.seal.seq),
    row.seal?.hash,
    row.id,
  ]
  return stringify([cells.map((cell) => cell ?? "")], csvOptions)
}

/** One entry as a line of JSON, with the sentence that the page shows. */
export function jsonLine({ action: _known, ...row }: AuditRow, sentence: string): string {
  return `${JSON.stringify({ ...row, at: new Date(row.atMs).toISOString(), sentence })}\n`
}
