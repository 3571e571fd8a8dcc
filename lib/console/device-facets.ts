import { platformKinds } from "@/lib/pairing/platform-kind"
import { findKnownScopes, findKnownTags } from "./device-choices"
import { type Asked, conditionsOf, hasMark, rowsOf, type Sql } from "./device-conditions"
import { approvedViaChoices, type DeviceFilter, deviceMarks, plainFilter, unseenChoices } from "./device-filter"
import type { BoundedCount, DeviceFacets } from "./device-list-types"
import type { DeviceKey } from "./device-order"
import { countLimit, readNarrowSet } from "./device-paging"
import { type Circumstances, restrictionsOf } from "./device-restrictions"

/** Rows of one choice that are looked at for those which meet the others; with more, its number is not known. */
const mostLookedAt = 2000

const dayMs = 86_400_000

/** One choice: the filter that it alone is, and the stretches of an index in which everything lies that meets it. */
type Facet = { readonly key: string; readonly alone: DeviceFilter; readonly sources: readonly Sql[] }

/**
 * How many devices of the present selection each further choice would leave. Every number comes from a bounded number
 * of rows that an index leads to; a choice whose number cannot be had so has none.
 */
export async function findDeviceFacets(
  asked: Asked,
  filter: DeviceFilter,
  circumstances: Circumstances,
): Promise<DeviceFacets> {
  const narrow = await readNarrowSet(asked.db, restrictionsOf(filter, circumstances))
  const count = (facet: Facet) =>
    narrow === null ? countAlong(asked, facet, filter, circumstances) : countAmong(asked, facet, narrow, circumstances)
  const [tags, scopes] = await Promise.all([
    filter.tag === null ? findKnownTags(asked.db) : [],
    filter.scope === null ? findKnownScopes(asked.db) : [],
  ])
  const facets = [...facetsOf(asked, filter, circumstances), ...tags.map(ofTag), ...scopes.map(ofScope)]
  return Object.fromEntries(await Promise.all(facets.map(async (facet) => [facet.key, await count(facet)] as const)))
}

/** The choices that would narrow a filter further. Of a group of which one is chosen already, there are none. */
function facetsOf({ dialect }: Asked, filter: DeviceFilter, { nowMs, online }: Circumstances): readonly Facet[] {
  const marks = deviceMarks.map((mark) => ({
    key: `is:${mark}`,
    alone: { ...plainFilter, marks: [mark] },
    sources: [mark === "duplicate" ? keysOfMachines : devices(hasMark(dialect, mark, online))],
  }))
  const unseen = unseenChoices.map((days) => ({
    key: `unseen:${days}`,
    alone: { ...plainFilter, unseenDays: days },
    sources: [
      devices({ text: `d."lastSeenAtMs" < ?`, values: [nowMs - days * dayMs] }),
      devices({ text: `d."lastSeenAtMs" IS NULL`, values: [] }),
    ],
  }))
  const roles = (["operator", "node"] as const).map((role) => ({
    key: `role:${role}`,
    alone: { ...plainFilter, role },
    sources: [ofTerm(`role:${role}`)],
  }))
  const vias = approvedViaChoices.map((via) => ({
    key: `via:${via}`,
    alone: { ...plainFilter, via },
    sources: [devices({ text: `d."approvedVia" = ?`, values: [via] })],
  }))
  const platforms = platformKinds.map((platform) => ({
    key: `platform:${platform}`,
    alone: { ...plainFilter, platform },
    sources: [devices({ text: `d."platformKind" = ?`, values: [platform] })],
  }))
  return [
    ...marks,
    ...(filter.unseenDays === null ? unseen : []),
    ...(filter.role === null ? roles : []),
    ...(filter.via === null ? vias : []),
    ...(filter.platform === null ? platforms : []),
  ]
}

function ofTag(tag: string): Facet {
  const from = `FROM "DeviceTag" f JOIN "Device" d ON d."deviceId" = f."deviceId"`
  const source = { text: `${from} WHERE f."tag" = ?`, values: [tag] }
  return { key: `tag:${tag}`, alone: { ...plainFilter, tag }, sources: [source] }
}

function ofScope(scope: string): Facet {
  const from = `FROM "DeviceScope" f JOIN "Device" d ON d."deviceId" = f."deviceId"`
  const source = { text: `${from} WHERE f."kind" = 'approved' AND f."scope" = ?`, values: [scope] }
  return { key: `scope:${scope}`, alone: { ...plainFilter, scope }, sources: [source] }
}

const columns = `d."deviceId", d."lastSeenAtMs", d."pairedAtMs", d."approvedVia", d."platformKind", d."isNarrowed", d."isRevoked", d."isSilent", d."isBlocked", d."endsSoon", d."machineKey"`

const keysOfMachines: Sql = {
  text: `FROM "Machine" f JOIN "Device" d ON d."machineKey" = f."machineKey" WHERE f."pairings" > 1`,
  values: [],
}

function devices({ text, values }: Sql): Sql {
  return { text: `FROM "Device" d WHERE ${text}`, values }
}

function ofTerm(term: string): Sql {
  const from = `FROM "DeviceTerm" f JOIN "Device" d ON d."deviceId" = f."deviceId"`
  return { text: `${from} WHERE f."term" = ?`, values: [term] }
}

async function countAmong(
  { db }: Asked,
  { alone }: Facet,
  keys: readonly DeviceKey[],
  circumstances: Circumstances,
): Promise<BoundedCount> {
  let kept = keys
  for (const restriction of restrictionsOf(alone, circumstances)) kept = await restriction.test(db, kept)
  return { value: kept.length, more: false }
}

async function countAlong(
  asked: Asked,
  { alone, sources }: Facet,
  filter: DeviceFilter,
  circumstances: Circumstances,
): Promise<BoundedCount | null> {
  const own = alone.unseenDays === null ? [] : conditionsOf(asked, alone, circumstances)
  const conditions = [...conditionsOf(asked, filter, circumstances), ...own]
  const take = conditions.length === 0 ? countLimit + 1 : mostLookedAt
  const where = conditions.length === 0 ? "TRUE" : conditions.map(({ text }) => text).join(" AND ")
  const values = conditions.flatMap((condition) => condition.values)
  let found = 0
  let isWhole = true
  for (const source of sources) {
    const [row] = await rowsOf(asked, {
      text: `SELECT COUNT(*) AS "seen", COUNT(CASE WHEN ${where} THEN 1 END) AS "found"
        FROM (SELECT ${columns} ${source.text} LIMIT ${take}) d`,
      values: [...values, ...source.values],
    })
    found += Number(row?.found)
    isWhole &&= Number(row?.seen) < take
    if (found > countLimit) return { value: countLimit, more: true }
  }
  return isWhole ? { value: found, more: false } : null
}
