import type { Prisma, PrismaClient } from "@/lib/store/generated/sqlite/client"
import { type DeviceFilter, type DeviceMark, isFolded } from "./device-filter"
import { ofDuplicate, ofNewestKey } from "./device-machines"
import type { DeviceKey } from "./device-order"
import { searchWords } from "./parse-device-filter"

/** Everything the list needs to know beside the database. */
export type Circumstances = {
  readonly nowMs: number
  /** Every device that is connected; need not be filled where `asksWhoIsOnline` says no. */
  readonly online: ReadonlySet<string>
  /** Shows the older keys of a machine in the whole list too. */
  readonly isUnfolded?: boolean
}

/**
 * One condition of the filter: how to find what meets it, up to a limit, and how to test rows already read. What
 * cannot be found by itself only makes others narrower.
 */
export type Restriction = {
  find?(db: PrismaClient, take: number): Promise<readonly string[]>
  test(db: PrismaClient, keys: readonly DeviceKey[]): Promise<readonly DeviceKey[]>
}

/** Whether it takes everybody who is connected to answer a filter. */
export function asksWhoIsOnline({ marks, unseenDays }: DeviceFilter): boolean {
  return unseenDays !== null || marks.includes("online") || marks.includes("never-used")
}

/** The conditions of a filter, one by one. */
export function restrictionsOf(
  filter: DeviceFilter,
  { nowMs, online, isUnfolded }: Circumstances,
): readonly Restriction[] {
  const list: Restriction[] = searchWords(filter.q).map((word) => ofTerm({ gte: word, lt: `${word}\u{10ffff}` }))
  if (filter.role !== null) list.push(ofTerm({ equals: `role:${filter.role}` }))
  if (filter.scope !== null) list.push(ofScope(filter.scopeIn, filter.scope))
  const { via, platform, unseenDays, tag } = filter
  if (tag !== null) list.push(ofTag(tag))
  if (via !== null) list.push(ofColumn({ approvedVia: via }, (key) => key.approvedVia === via))
  if (platform !== null) list.push(ofColumn({ platformKind: platform }, (key) => key.platformKind === platform))
  for (const mark of filter.marks) {
    if (mark === "online") list.push(ofOnline(online))
    else if (mark === "never-used") list.push(neverSeen, ofOffline(online))
    else if (mark === "duplicate") list.push(ofDuplicate)
    else list.push(ofColumn({ [markColumns[mark]]: true }, (key) => key[markColumns[mark]]))
  }
  if (unseenDays !== null) list.push(ofUnseen(nowMs - unseenDays * 86_400_000), ofOffline(online))
  if (isFolded(filter) && !isUnfolded) list.push(ofNewestKey)
  return list
}

/** The columns behind the marks that are stored. */
export const markColumns = {
  narrowed: "isNarrowed",
  silent: "isSilent",
  revoked: "isRevoked",
  blocked: "isBlocked",
  "ending-soon": "endsSoon",
} as const

/** Whether a mark is a column of its own. */
export function isStored(mark: DeviceMark): mark is keyof typeof markColumns {
  return Object.hasOwn(markColumns, mark)
}

// Any order would do, but without one Prisma sorts by the primary key, past the index of the condition.
const byName: Prisma.DeviceOrderByWithRelationInput[] = [{ sortName: "asc" }, { deviceId: "asc" }]
const bySeen: Prisma.DeviceOrderByWithRelationInput[] = [{ lastSeenAtMs: "asc" }, { deviceId: "asc" }]
const byTerm: Prisma.DeviceTermOrderByWithRelationInput[] = [{ term: "asc" }, { deviceId: "asc" }]

function ofColumn(where: Prisma.DeviceWhereInput, test: (key: DeviceKey) => boolean): Restriction {
  return {
    find: async (db, take) =>
      ids(await db.device.findMany({ where, take, orderBy: byName, select: { deviceId: true } })),
    test: async (_db, keys) => keys.filter(test),
  }
}

function ofOnline(online: ReadonlySet<string>): Restriction {
  return {
    find: async (_db, take) => [...online].slice(0, take),
    test: async (_db, keys) => keys.filter((key) => online.has(key.deviceId)),
  }
}

const neverSeen: Restriction = {
  find: async (db, take) => {
    const where = { lastSeenAtMs: null }
    return ids(await db.device.findMany({ where, take, orderBy: { deviceId: "asc" }, select: { deviceId: true } }))
  },
  test: async (_db, keys) => keys.filter((key) => key.lastSeenAtMs === null),
}

/** When a device was last seen is when it came; one that stays connected is in sight. */
function ofOffline(online: ReadonlySet<string>): Restriction {
  return { test: async (_db, keys) => keys.filter((key) => !online.has(key.deviceId)) }
}

/** Not seen since an instant; a device that was never seen counts from its pairing. */
function ofUnseen(sinceMs: number): Restriction {
  return {
    async find(db, take) {
      const select = { deviceId: true } as const
      const gone = { lastSeenAtMs: { lt: sinceMs } }
      const never = { lastSeenAtMs: null, pairedAtMs: { lt: sinceMs } }
      return [
        ...ids(await db.device.findMany({ where: gone, take, orderBy: bySeen, select })),
        ...ids(await db.device.findMany({ where: never, take, orderBy: { deviceId: "asc" }, select })),
      ]
    },
    test: async (_db, keys) => keys.filter((key) => (key.lastSeenAtMs ?? key.pairedAtMs) < sinceMs),
  }
}

function ofTerm(term: Prisma.StringFilter): Restriction {
  return {
    find: async (db, take) =>
      ids(await db.deviceTerm.findMany({ where: { term }, take, orderBy: byTerm, select: { deviceId: true } })),
    async test(db, keys) {
      const where = { deviceId: { in: keys.map((key) => key.deviceId) }, term }
      const has = new Set(ids(await db.deviceTerm.findMany({ where, select: { deviceId: true } })))
      return keys.filter((key) => has.has(key.deviceId))
    },
  }
}

function ofTag(tag: string): Restriction {
  const select = { deviceId: true } as const
  return {
    find: async (db, take) =>
      ids(await db.deviceTag.findMany({ where: { tag }, take, orderBy: { deviceId: "asc" }, select })),
    async test(db, keys) {
      const where = { deviceId: { in: keys.map((key) => key.deviceId) }, tag }
      const has = new Set(ids(await db.deviceTag.findMany({ where, select })))
      return keys.filter((key) => has.has(key.deviceId))
    },
  }
}

function ofScope(kind: string, scope: string): Restriction {
  return {
    find: async (db, take) =>
      ids(
        await db.deviceScope.findMany({
          where: { kind, scope },
          take,
          orderBy: { deviceId: "asc" },
          select: { deviceId: true },
        }),
      ),
    async test(db, keys) {
      const where = { deviceId: { in: keys.map((key) => key.deviceId) }, kind, scope }
      const has = new Set(ids(await db.deviceScope.findMany({ where, select: { deviceId: true } })))
      return keys.filter((key) => has.has(key.deviceId))
    },
  }
}

const ids = (rows: readonly { deviceId: string }[]) => rows.map((row) => row.deviceId)
