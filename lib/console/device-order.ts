import type { Prisma } from "@/lib/store/generated/sqlite/client"
import type { DeviceCursor, DeviceSort } from "./device-filter"

/** The columns that order and filter the list. */
export const keySelect = {
  deviceId: true,
  sortName: true,
  lastSeenAtMs: true,
  pairedAtMs: true,
  isNarrowed: true,
  isRevoked: true,
  isSilent: true,
  isBlocked: true,
  endsSoon: true,
  approvedVia: true,
  platformKind: true,
  machineKey: true,
} as const satisfies Prisma.DeviceSelect

export type DeviceKey = Prisma.DeviceGetPayload<{ select: typeof keySelect }>

type Column = "sortName" | "lastSeenAtMs" | "pairedAtMs"

/** Devices that were never seen come after all others, whichever way the rest is sorted: a segment of their own. */
type Segment = {
  readonly where: Prisma.DeviceWhereInput
  readonly orderBy: Prisma.DeviceOrderByWithRelationInput[]
  holds(cursor: DeviceCursor): boolean
  past(cursor: DeviceCursor): Prisma.DeviceWhereInput
}

export type Order = {
  readonly column: Column
  readonly segments: readonly Segment[]
  compare(first: DeviceKey, second: DeviceKey): number
  isPast(key: DeviceKey, cursor: DeviceCursor): boolean
  cursorAt(key: DeviceKey | undefined): DeviceCursor | null
}

/** The order of a list, or its reverse for paging back. */
export function orderOf(sort: DeviceSort, isBackward: boolean): Order {
  const column = columns[sort]
  const isDescending = sort.startsWith("-")
  const sign = (isDescending ? -1 : 1) * (isBackward ? -1 : 1)
  const direction = sign === 1 ? "asc" : "desc"
  const beyond = sign === 1 ? "gt" : "lt"
  const from = sign === 1 ? "gte" : "lte"

  const valued: Segment = {
    where: column === "lastSeenAtMs" ? { lastSeenAtMs: { not: null } } : {},
    orderBy: [{ [column]: direction }, { deviceId: direction }],
    holds: (cursor) => cursor.key !== null,
    // The bound on the first column is what the index is entered with; the rest only settles ties.
    past: ({ key, deviceId }) => ({
      [column]: { [from]: key },
      OR: [{ [column]: { [beyond]: key } }, { deviceId: { [beyond]: deviceId } }],
    }),
  }
  const never: Segment = {
    where: { lastSeenAtMs: null },
    orderBy: [{ deviceId: direction }],
    holds: (cursor) => cursor.key === null,
    past: ({ deviceId }) => ({ deviceId: { [beyond]: deviceId } }),
  }
  const segments = column === "lastSeenAtMs" ? [valued, never] : [valued]

  const compare = (first: DeviceCursor, second: DeviceCursor) => {
    if (first.key === null || second.key === null) {
      const nulls = Number(first.key === null) - Number(second.key === null)
      if (nulls !== 0) return isBackward ? -nulls : nulls
    } else if (first.key !== second.key) {
      return first.key < second.key ? -sign : sign
    }
    return first.deviceId === second.deviceId ? 0 : first.deviceId < second.deviceId ? -sign : sign
  }
  const placeOf = (key: DeviceKey): DeviceCursor => ({ key: key[column], deviceId: key.deviceId })
  return {
    column,
    segments: isBackward ? segments.toReversed() : segments,
    compare: (first, second) => compare(placeOf(first), placeOf(second)),
    isPast: (key, cursor) => compare(placeOf(key), cursor) > 0,
    cursorAt: (key) => (key === undefined ? null : placeOf(key)),
  }
}

const columns: Record<DeviceSort, Column> = {
  name: "sortName",
  "-name": "sortName",
  seen: "lastSeenAtMs",
  "-seen": "lastSeenAtMs",
  paired: "pairedAtMs",
  "-paired": "pairedAtMs",
}
