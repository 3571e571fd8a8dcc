import type { PlatformKind } from "@/lib/pairing/platform-kind"
import type { Lane } from "@/lib/pairing/types"

/**
 * Marks of a device that the list filters by. Each is a column with an index, but `online`, which is in memory,
 * `never-used`, which is that it was never seen, and `duplicate`, which is that several keys of its machine are paired.
 */
export const deviceMarks = [
  "online",
  "narrowed",
  "silent",
  "revoked",
  "blocked",
  "ending-soon",
  "never-used",
  "duplicate",
] as const

export type DeviceMark = (typeof deviceMarks)[number]

export const deviceSorts = ["name", "-name", "seen", "-seen", "paired", "-paired"] as const

export type DeviceSort = (typeof deviceSorts)[number]

/** Days without a connect after which a device counts as unseen, as the page offers them. */
export const unseenChoices = [7, 30, 90, 365] as const

/** What counts as stale, where nobody chose the days. */
export const staleDays = 30

const lanes: readonly Lane[] = ["local", "node-cidr", "same-key", "identity-proxy"]

export const approvedViaChoices = ["person", ...lanes] as const

export type ApprovedVia = (typeof approvedViaChoices)[number]

/** A place between two rows: the sort value and the id of the row at its edge. */
export type DeviceCursor = { readonly key: string | number | null; readonly deviceId: string }

/** What the list shows, as its URL says it. Everything is optional there; what cannot be read is as if absent. */
export type DeviceFilter = {
  readonly q: string
  readonly role: "operator" | "node" | null
  readonly scope: string | null
  readonly scopeIn: "approved" | "current"
  readonly via: ApprovedVia | null
  readonly platform: PlatformKind | null
  readonly unseenDays: number | null
  readonly tag: string | null
  readonly marks: readonly DeviceMark[]
  readonly sort: DeviceSort
  readonly after: DeviceCursor | null
  readonly before: DeviceCursor | null
}

/** What lets everything through. */
export const plainFilter: DeviceFilter = {
  ...{ q: "", role: null, scope: null, scopeIn: "approved", via: null, platform: null, unseenDays: null },
  ...{ tag: null, marks: [], sort: "name", after: null, before: null },
}

/** The same list from its first row on. */
export function atStart(filter: DeviceFilter): DeviceFilter {
  return { ...filter, after: null, before: null }
}

/** The filter as the query of a URL, without what is as by default, so that the plain list has a plain address. */
export function deviceFilterToQuery(filter: DeviceFilter): string {
  const query = new URLSearchParams()
  if (filter.q !== "") query.set("q", filter.q)
  if (filter.role !== null) query.set("role", filter.role)
  if (filter.scope !== null) query.set("scope", filter.scope)
  if (filter.scope !== null && filter.scopeIn === "current") query.set("in", "current")
  if (filter.via !== null) query.set("via", filter.via)
  if (filter.platform !== null) query.set("platform", filter.platform)
  if (filter.unseenDays !== null) query.set("unseen", String(filter.unseenDays))
  if (filter.tag !== null) query.set("tag", filter.tag)
  for (const mark of filter.marks) query.append("is", mark)
  if (filter.sort !== "name") query.set("sort", filter.sort)
  if (filter.after !== null) query.set("after", cursorToText(filter.after))
  if (filter.before !== null) query.set("before", cursorToText(filter.before))
  return query.toString()
}

/** Whether anything but order and place was chosen, so that an empty list means "nothing matches". */
export function isFiltered(filter: DeviceFilter): boolean {
  return (
    filter.q !== "" ||
    filter.role !== null ||
    filter.scope !== null ||
    filter.via !== null ||
    filter.platform !== null ||
    filter.unseenDays !== null ||
    filter.tag !== null ||
    filter.marks.length > 0
  )
}

/**
 * Whether blocked keys that are no devices belong to a list: where one looks for what is blocked, or at everything; a
 * further filter says nothing of what is no device.
 */
export function isAboutKeys(filter: DeviceFilter): boolean {
  return !isFiltered({ ...filter, marks: filter.marks.filter((mark) => mark !== "blocked") })
}

/** Whether older keys of a machine are folded under its newest: in the whole list only, for a filter may mean them. */
export function isFolded(filter: DeviceFilter): boolean {
  return !isFiltered(filter)
}

/** A place as it stands in a URL. */
export function cursorToText(cursor: DeviceCursor): string {
  return `${cursor.key ?? ""}~${cursor.deviceId}`
}
