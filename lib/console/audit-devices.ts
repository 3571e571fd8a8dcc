import "server-only"
import { cache } from "react"
import type { Prisma, PrismaClient } from "@/lib/store/generated/sqlite/client"
import type { Store } from "@/lib/store/store"
import { searchWords } from "./parse-device-filter"

/** Most devices whose entries one filter shows; the page says so when more match. */
export const mostDevices = 200

/** Most words of devices with one beginning that are held against the other words. */
const mostLooked = 2_000

/** Ids of devices, and whether there are more than were looked at. */
export type Known = { readonly ids: readonly string[]; readonly isCut: boolean }

export type DevicesMeant = {
  readonly where: Prisma.AuditEntryWhereInput
  /** Whether more devices match than the condition names. */
  readonly isCut: boolean
}

/**
 * Which devices a text means: those that were ever known by all of its words, be they paired, gone or only heard of
 * once, and those whose id begins with it, as the id is written or as its fingerprint is. None is a condition that
 * nothing meets.
 */
export const devicesMeant = cache(async (store: Pick<Store, "db">, text: string): Promise<DevicesMeant> => {
  const { ids, isCut } = await devicesKnownBy(store.db, searchWords(text))
  const named = { deviceId: { in: [...ids].slice(0, mostDevices) } }
  return {
    where: { OR: [named, ...idsFrom(text.toLowerCase().replace(/[\s·:]/g, ""))] },
    isCut: isCut || ids.length > mostDevices,
  }
})

// A range instead of a prefix match: LIKE ignores case on SQLite and so uses no index.
function idsFrom(hex: string): Prisma.AuditEntryWhereInput[] {
  if (!/^[0-9a-f]{4,64}$/.test(hex)) return []
  return [{ deviceId: hex.length === 64 ? hex : { gte: hex, lt: `${hex}g` } }]
}

/** The devices that were ever known by every word, by way of the rarest one, of which so many are looked at. */
export async function devicesKnownBy(
  db: PrismaClient,
  words: readonly string[],
  most: number = mostLooked,
): Promise<Known> {
  const found = await Promise.all(words.map(async (word) => ({ word, ...(await knownBy(db, word, { most })) })))
  const [rarest, ...others] = found.toSorted((first, second) => first.ids.length - second.ids.length)
  if (rarest === undefined) return { ids: [], isCut: false }
  let { ids } = rarest
  for (const { word } of others) if (ids.length > 0) ids = (await knownBy(db, word, { among: ids })).ids
  return { ids, isCut: rarest.isCut }
}

async function knownBy(
  db: PrismaClient,
  word: string,
  { most, among }: { readonly most?: number; readonly among?: readonly string[] },
): Promise<Known> {
  const rows = await db.knownName.findMany({
    where: { term: { gte: word, lt: `${word}\u{10ffff}` }, ...(among && { deviceId: { in: [...among] } }) },
    orderBy: [{ term: "asc" }, { deviceId: "asc" }],
    ...(most !== undefined && { take: most + 1 }),
    select: { deviceId: true },
  })
  return { ids: [...new Set(rows.map((row) => row.deviceId))], isCut: most !== undefined && rows.length > most }
}
