import type { Role } from "@/lib/pairing/types"
import { keepNames, knownTerms, nameTerms } from "./known-names"
import { lookTerm } from "./lookalike"
import { runWithRows } from "./rows-statement"
import type { Tx } from "./transaction"

export type TermSource = {
  readonly deviceId: string
  readonly displayName: string | null
  readonly label: string | null
  readonly platform: string | null
  readonly deviceFamily: string | null
  readonly clientId: string | null
  readonly clientMode: string | null
  readonly lastAddress: string | null
  readonly roles: readonly Role[]
}

const maxTerms = 40
const maxTermLength = 64

/**
 * The search terms of a device: the lower-case words of what it and its admin call it, its tags, client, platform,
 * address and id, also those inside a word ("pro" of "macbook-pro"), one `role:` term per role, and what its names look
 * like.
 * Bounded in number and length, for most of it is self-reported.
 */
export function deviceTerms(source: TermSource, tags: readonly string[] = []): readonly string[] {
  const { deviceId, lastAddress, roles, label, displayName, clientId, clientMode, platform, deviceFamily } = source
  const parts = nameTerms([label, displayName, clientId, clientMode, platform, deviceFamily])
  const looks = [label, displayName].map((name) => lookTerm(name) ?? "")
  const terms = [
    ...roles.map((role) => `role:${role}`),
    deviceId.toLowerCase(),
    lastAddress ?? "",
    ...looks,
    ...tags,
    ...parts,
  ]
  const kept = terms.map((term) => term.slice(0, maxTermLength)).filter((term) => term !== "")
  return [...new Set(kept)].slice(0, maxTerms)
}

/** The name by which the list is ordered. */
export function sortName(device: Pick<TermSource, "label" | "displayName" | "deviceId">): string {
  const name = [device.label, device.displayName].find((text) => text !== null && text.trim() !== "")
  return (name ?? device.deviceId).toLowerCase().slice(0, 200)
}

/** Writes the search terms of devices that are new, and have neither tags nor terms yet; remembers the words of their names. */
export async function addTerms(tx: Tx, sources: readonly TermSource[]): Promise<void> {
  const terms: [string, string][] = []
  const named: { deviceId: string; term: string }[] = []
  for (const source of sources) {
    const { deviceId } = source
    const isName = new Set(knownTerms([source.label, source.displayName]))
    for (const term of deviceTerms(source)) {
      terms.push([deviceId, term])
      if (isName.has(term)) named.push({ deviceId, term })
    }
  }
  await insertTerms(tx, terms)
  await keepNames(tx, named)
}

/** Brings the rows of search terms up to date with some devices, and remembers the words of their names. */
export async function saveTerms(tx: Tx, sources: readonly TermSource[]): Promise<void> {
  const rows = await tx.db.deviceTerm.findMany({
    where: { deviceId: { in: sources.map((source) => source.deviceId) } },
    select: { deviceId: true, term: true },
  })
  const stored = new Map(sources.map((source) => [source.deviceId, new Set<string>()]))
  for (const { deviceId, term } of rows) stored.get(deviceId)?.add(term)
  const tags = new Map(sources.map((source) => [source.deviceId, [] as string[]]))
  for (const { deviceId, tag } of await tx.db.deviceTag.findMany({ where: { deviceId: { in: [...tags.keys()] } } }))
    tags.get(deviceId)?.push(tag)
  const gone: string[][] = []
  const fresh: [string, string][] = []
  const named: { deviceId: string; term: string }[] = []
  for (const source of sources) {
    const { deviceId } = source
    const known = stored.get(deviceId) ?? new Set()
    const wanted = deviceTerms(source, tags.get(deviceId))
    const isName = new Set(knownTerms([source.label, source.displayName]))
    for (const term of wanted.filter((each) => !known.has(each))) {
      fresh.push([deviceId, term])
      if (isName.has(term)) named.push({ deviceId, term })
    }
    gone.push(...[...known].filter((term) => !wanted.includes(term)).map((term) => [deviceId, term]))
  }
  await runWithRows(
    tx,
    { types: ["TEXT", "TEXT"], rows: gone },
    (select) => `WITH v(c0, c1) AS (${select}) DELETE FROM "DeviceTerm"
      WHERE ("deviceId", "term") IN (SELECT v.c0, v.c1 FROM v)`,
  )
  await insertTerms(tx, fresh)
  await keepNames(tx, named)
}

function insertTerms(tx: Tx, rows: readonly (readonly [string, string])[]): Promise<void> {
  // What was seen is written beside the commands on a device, so both may come to add the same term.
  return runWithRows(
    tx,
    { types: ["TEXT", "TEXT"], rows },
    (select) => `INSERT INTO "DeviceTerm" ("deviceId", "term") ${select} ON CONFLICT DO NOTHING`,
  )
}
