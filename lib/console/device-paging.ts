import type { Prisma, PrismaClient } from "@/lib/store/generated/sqlite/client"
import type { DeviceCursor, DeviceFilter } from "./device-filter"
import { type DeviceKey, keySelect, type Order, orderOf } from "./device-order"
import { type Circumstances, isStored, markColumns, type Restriction, restrictionsOf } from "./device-restrictions"

/** Rows of one page. */
const pageSize = 50

/** Up to here a set of devices is read whole; beyond it, counts stop and the list walks along an index instead. */
export const countLimit = 1000

const firstBatch = 200
const nextBatch = 1000

export type DevicePlaces = {
  readonly ids: readonly string[]
  readonly previous: DeviceCursor | null
  readonly next: DeviceCursor | null
  /** `more` when there are more than were counted. */
  readonly count: { readonly value: number; readonly more: boolean }
}

/**
 * The ids of one page of the list, in order, with the places before and after it. Every query it makes is served by
 * an index and reads a bounded number of rows: a narrow filter (a name, a rare mark) is read whole and sorted here,
 * a wide one is applied while walking along the index of the order.
 */
export async function findDevicePage(
  db: PrismaClient,
  filter: DeviceFilter,
  circumstances: Circumstances,
  size = pageSize,
): Promise<DevicePlaces> {
  const restrictions = restrictionsOf(filter, circumstances)
  const isBackward = filter.before !== null
  const from = filter.before ?? filter.after
  const order = orderOf(filter.sort, isBackward)

  const narrow = await readNarrowSet(db, restrictions)
  const found: DeviceKey[] = []
  if (narrow !== null) {
    const ordered = narrow.toSorted(order.compare)
    found.push(...(from === null ? ordered : ordered.filter((key) => order.isPast(key, from))).slice(0, size + 1))
  } else {
    for await (const batch of walk(db, order, from, drivingWhere(filter))) {
      found.push(...(await keep(db, restrictions, batch)))
      if (found.length > size) break
    }
  }

  const isMoreAhead = found.length > size
  const page = found.slice(0, size)
  if (isBackward) page.reverse()
  const edges = {
    previous: isBackward ? isMoreAhead : from !== null,
    next: isBackward ? true : isMoreAhead,
  }
  return {
    ids: page.map((key) => key.deviceId),
    previous: edges.previous ? order.cursorAt(page[0]) : null,
    next: edges.next ? order.cursorAt(page.at(-1)) : null,
    count: await countFound(db, restrictions, narrow, { value: page.length, more: edges.previous || edges.next }),
  }
}

async function countFound(
  db: PrismaClient,
  restrictions: readonly Restriction[],
  narrow: readonly DeviceKey[] | null,
  shown: DevicePlaces["count"],
): Promise<DevicePlaces["count"]> {
  if (narrow !== null) return { value: narrow.length, more: false }
  // Several wide filters at once: how much they have in common is not known without reading it all.
  const wide = restrictions.filter((restriction) => restriction.find !== undefined)
  if (wide.length > 1) return shown
  if (wide.length === 1) return { value: countLimit, more: true }
  const count = await db.device.count({ take: countLimit + 1 })
  return { value: Math.min(count, countLimit), more: count > countLimit }
}

/** All devices that meet every condition, if one of the conditions alone is met by few; else null. */
export async function readNarrowSet(
  db: PrismaClient,
  restrictions: readonly Restriction[],
): Promise<readonly DeviceKey[] | null> {
  for (const restriction of restrictions) {
    const some = await restriction.find?.(db, countLimit + 1)
    if (some === undefined || some.length > countLimit) continue
    const others = restrictions.filter((other) => other !== restriction)
    const found: DeviceKey[] = []
    for (const part of chunks([...new Set(some)], 500)) {
      const keys = await db.device.findMany({ where: { deviceId: { in: part } }, select: keySelect })
      found.push(...(await keep(db, others, keys)))
    }
    return found
  }
  return null
}

async function keep(db: PrismaClient, restrictions: readonly Restriction[], keys: readonly DeviceKey[]) {
  let kept = keys
  for (const restriction of restrictions) {
    if (kept.length === 0) return kept
    kept = await restriction.test(db, kept)
  }
  return kept
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = []
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size))
  return parts
}

/** In the order of names, an index begins with each mark; walking along it passes no other device. */
function drivingWhere(filter: DeviceFilter): Prisma.DeviceWhereInput {
  if (!filter.sort.endsWith("name")) return {}
  for (const mark of filter.marks) if (isStored(mark)) return { [markColumns[mark]]: true }
  return filter.via === null ? {} : { approvedVia: filter.via }
}

/** Rows in the order of the list from a place on, batch by batch, so that no single query reads many. */
async function* walk(
  db: PrismaClient,
  order: Order,
  from: DeviceCursor | null,
  where: Prisma.DeviceWhereInput,
): AsyncGenerator<readonly DeviceKey[]> {
  let isReached = from === null
  for (const segment of order.segments) {
    isReached ||= from !== null && segment.holds(from)
    if (!isReached) continue
    let last = from !== null && segment.holds(from) ? from : null
    let take = firstBatch
    for (;;) {
      const past = last === null ? {} : segment.past(last)
      const batch = await db.device.findMany({
        where: { AND: [where, segment.where, past] },
        orderBy: segment.orderBy,
        take,
        select: keySelect,
      })
      yield batch
      const end = batch.at(-1)
      if (end === undefined || batch.length < take) break
      last = { key: end[order.column], deviceId: end.deviceId }
      take = nextBatch
    }
  }
}
