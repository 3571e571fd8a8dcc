import { stringify } from "csv-stringify/sync"
import { type DeviceFilter, deviceFilterToQuery } from "./device-filter"
import type { DeviceRow } from "./device-list-types"

const columns = [
  "device id",
  "name",
  "tags",
  "roles",
  "current scopes",
  "approved scopes",
  "first end of a grant",
  "marks",
  "how approved",
  "paired",
  "last seen",
  "last address",
  "client",
  "platform",
]

// Spreadsheets run cells that begin with = + - @ or a tab as formulas; an apostrophe before them keeps them text.
const csvOptions = { escape_formulas: true, quoted_string: true, record_delimiter: "\r\n" } as const

/** The first line of a CSV file of devices. */
export const devicesCsvHeader: string = stringify([columns], csvOptions)

/** One device as a line of CSV, safe to open in a spreadsheet. Lists have spaces between, instants are ISO 8601 in UTC. */
export function deviceCsvLine(row: DeviceRow): string {
  const marks = [
    row.isOnline && "online",
    row.isNarrowed && "narrowed",
    row.isSilent && "silent",
    row.isRevoked && "revoked",
    row.isBlocked && "blocked",
    row.lastSeenAtMs === null && "never-used",
  ]
  const cells = [
    row.deviceId,
    row.name,
    row.tags.join(" "),
    row.roles.map(({ role }) => role).join(" "),
    row.roles.flatMap(({ current }) => current).join(" "),
    row.approved.join(" "),
    row.nextEndMs === null ? null : new Date(row.nextEndMs).toISOString(),
    marks.filter((mark) => mark !== false).join(" "),
    row.approvedVia,
    new Date(row.pairedAtMs).toISOString(),
    row.lastSeenAtMs === null ? null : new Date(row.lastSeenAtMs).toISOString(),
    row.lastAddress,
    row.client,
    row.platform,
  ]
  return stringify([cells.map((cell) => cell ?? "")], csvOptions)
}

/** The name of a file of devices: the day, and the filter that it was made with. A file goes places without its page. */
export function deviceFileName(filter: DeviceFilter, nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10)
  const chosen = decodeURIComponent(deviceFilterToQuery({ ...filter, sort: "name", after: null, before: null }))
  const words = chosen.replace(/[^A-Za-z0-9.]+/g, "-").replace(/^-|-$/g, "")
  return `gatehouse-devices-${day}${words === "" ? "" : `-${words.slice(0, 80)}`}.csv`
}
