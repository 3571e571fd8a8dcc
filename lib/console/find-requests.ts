import type { PrismaClient } from "@/lib/store/generated/sqlite/client"
import { nameTerms } from "@/lib/store/known-names"
import { devicesKnownBy } from "./audit-devices"
import { noAftermath, readAftermaths } from "./request-aftermath"
import { endedStatus } from "./request-view"
import type { FoundFew, FoundRequest } from "./search-types"

/** Most waiting requests that are held against the words; the oldest are, as in the queue. */
const mostWaiting = 1000
/** Most devices of a name whose ended requests are looked at, and most of those. */
const mostDevices = 50
const mostEnded = 200
/** Most devices with one of several words that are held against the others. */
const mostLooked = 500

const select = {
  requestId: true,
  deviceId: true,
  displayName: true,
  status: true,
  address: true,
  filedAtMs: true,
  endedAtMs: true,
} as const

type Stored = {
  readonly requestId: string
  readonly deviceId: string
  readonly displayName: string | null
  readonly status: string
  readonly address: string
  readonly filedAtMs: number
  readonly endedAtMs: number | null
}

/**
 * The first requests that every word begins a name, an address or an id of: those that wait first, oldest first, then
 * those that ended, latest first.
 */
export async function findRequests(
  db: PrismaClient,
  words: readonly string[],
  { most, oldestTryMs }: { readonly most: number; readonly oldestTryMs: number },
): Promise<FoundFew<FoundRequest>> {
  const [waiting, ended] = await Promise.all([findWaiting(db, words, oldestTryMs), findEnded(db, words)])
  const rows = [...waiting.rows, ...ended.rows]
  const shown = rows.slice(0, most)
  const [labels, aftermaths] = await Promise.all([labelsOf(db, shown), readAftermaths({ db }, shown)])
  return {
    rows: shown.map((row) => ({
      requestId: row.requestId,
      deviceId: row.deviceId,
      name: labels.get(row.deviceId) ?? row.displayName,
      status: row.endedAtMs === null ? "pending" : endedStatus(row.status),
      aftermath: aftermaths.get(row.requestId) ?? noAftermath,
      atMs: row.endedAtMs ?? row.filedAtMs,
    })),
    isMore: rows.length > most || waiting.isCut || ended.isCut,
  }
}

type Few = { readonly rows: readonly Stored[]; readonly isCut: boolean }

async function findWaiting(db: PrismaClient, words: readonly string[], oldestTryMs: number): Promise<Few> {
  const stored = await db.request.findMany({
    where: { status: "pending", triedAtMs: { gte: oldestTryMs } },
    orderBy: [{ filedAtMs: "asc" }, { requestId: "asc" }],
    select,
    take: mostWaiting + 1,
  })
  const labels = await labelsOf(db, stored)
  const rows = stored.slice(0, mostWaiting).filter(({ displayName, deviceId, requestId, address }) => {
    const terms = [...nameTerms([displayName, labels.get(deviceId) ?? null]), address]
    const ids = [deviceId, requestId]
    return words.every((word) => (mayBeId(word) ? [...terms, ...ids] : terms).some((term) => term.startsWith(word)))
  })
  return { rows, isCut: stored.length > mostWaiting }
}

async function findEnded(db: PrismaClient, words: readonly string[]): Promise<Few> {
  const known = await devicesKnownBy(db, words, words.length === 1 ? mostDevices : mostLooked)
  const [id, ...others] = words
  const [byDevice, byId] = await Promise.all([
    known.ids.length === 0
      ? []
      : db.request.findMany({
          where: { endedAtMs: { not: null }, deviceId: { in: known.ids.slice(0, mostDevices) } },
          orderBy: [{ deviceId: "desc" }, { filedAtMs: "desc" }],
          select,
          take: mostEnded + 1,
        }),
    id === undefined || others.length > 0 ? [] : findById(db, id),
  ])
  const rows = new Map([...byDevice.slice(0, mostEnded), ...byId].map((row) => [row.requestId, row]))
  return {
    rows: [...rows.values()].toSorted((first, second) => (second.endedAtMs ?? 0) - (first.endedAtMs ?? 0)),
    isCut: known.isCut || known.ids.length > mostDevices || byDevice.length > mostEnded,
  }
}

/** A letter or two begin many ids by chance; who looks for one has pasted more. */
const mayBeId = (word: string) => /^[0-9a-f][0-9a-f-]{3,63}$/.test(word)

// What begins with a text lies in this range in every collation, be it with others.
async function findById(db: PrismaClient, id: string): Promise<readonly Stored[]> {
  if (!mayBeId(id)) return []
  const end = `${id}${"z".repeat(64)}`
  const ended = { endedAtMs: { not: null } }
  const [requests, devices] = await Promise.all([
    db.request.findMany({
      where: { requestId: { gte: id, lt: end }, ...ended },
      orderBy: { requestId: "asc" },
      select,
      take: mostDevices,
    }),
    db.request.findMany({
      where: { deviceId: { gte: id, lt: end }, ...ended },
      orderBy: [{ deviceId: "desc" }, { filedAtMs: "desc" }],
      select,
      take: mostDevices,
    }),
  ])
  return [...requests, ...devices].filter((row) => row.requestId.startsWith(id) || row.deviceId.startsWith(id))
}

async function labelsOf(
  db: PrismaClient,
  rows: readonly { readonly deviceId: string }[],
): Promise<ReadonlyMap<string, string | null>> {
  if (rows.length === 0) return new Map()
  const devices = await db.device.findMany({
    where: { deviceId: { in: rows.map((row) => row.deviceId) } },
    select: { deviceId: true, label: true },
  })
  return new Map(devices.map((device) => [device.deviceId, device.label]))
}
