import { z } from "zod"
import { platformKinds } from "@/lib/pairing/platform-kind"
import { toTag } from "@/lib/pairing/tags"
import {
  approvedViaChoices,
  type DeviceCursor,
  type DeviceFilter,
  type DeviceSort,
  deviceMarks,
  deviceSorts,
} from "./device-filter"

const one = z
  .union([z.string(), z.array(z.string()).transform((values) => values[0] ?? "")])
  .transform((text) => text.trim())
const many = z.union([z.string().transform((text) => [text]), z.array(z.string())])

const shape = z.object({
  q: one.transform((text) => text.slice(0, 200)).catch(""),
  role: one
    .pipe(z.enum(["operator", "node"]))
    .nullable()
    .catch(null),
  scope: one
    .pipe(z.string().regex(/^(operator|node)\.[\w.:-]{1,96}$/))
    .nullable()
    .catch(null),
  in: one.pipe(z.enum(["approved", "current"])).catch("approved"),
  via: one.pipe(z.enum(approvedViaChoices)).nullable().catch(null),
  platform: one.pipe(z.enum(platformKinds)).nullable().catch(null),
  unseen: one.transform(Number).pipe(z.int().min(1).max(3650)).nullable().catch(null),
  tag: one.transform(toTag).catch(null),
  is: many.transform((marks) => deviceMarks.filter((mark) => marks.includes(mark))).catch([]),
  sort: one.pipe(z.enum(deviceSorts)).catch("name"),
  after: one.catch(""),
  before: one.catch(""),
})

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** The parameters of a parsed URL as a page gets them: those that are given several times as a list. */
export function readSearchParams(query: URLSearchParams): SearchParams {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]))
}

/** Reads the filter from the parameters of a URL. Never throws: a link with an unknown word still opens the list. */
export function parseDeviceFilter(params: SearchParams): DeviceFilter {
  const read = shape.parse(params)
  return {
    q: read.q,
    role: read.role,
    scope: read.scope,
    scopeIn: read.in,
    via: read.via,
    platform: read.platform,
    unseenDays: read.unseen,
    tag: read.tag,
    marks: read.is,
    sort: read.sort,
    after: parseCursor(read.after, read.sort),
    before: parseCursor(read.before, read.sort),
  }
}

/**
 * The words that are looked up as beginnings of search terms. A pasted fingerprint, with its gaps, is one word.
 */
export function searchWords(q: string): readonly string[] {
  const text = q.toLowerCase().trim()
  const hex = text.replace(/[\s·:]/g, "")
  if (/[\s·:]/.test(text) && /^[0-9a-f]{8,64}$/.test(hex)) return [hex]
  return [...new Set(text.split(/\s+/).filter((word) => word !== ""))].slice(0, 6)
}

function parseCursor(text: string, sort: DeviceSort): DeviceCursor | null {
  const cut = text.lastIndexOf("~")
  if (cut < 0) return null
  const [key, deviceId] = [text.slice(0, cut), text.slice(cut + 1)]
  if (sort.endsWith("name")) return { key, deviceId }
  if (key === "") return sort.endsWith("seen") ? { key: null, deviceId } : null
  const number = Number(key)
  return Number.isFinite(number) ? { key: number, deviceId } : null
}
