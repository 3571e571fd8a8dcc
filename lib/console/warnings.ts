import "server-only"
import { isLoopback } from "@/lib/pairing/locality"
import type { Policy } from "@/lib/pairing/types"
import { lookOf, lookTerm } from "@/lib/store/lookalike"
import type { Store } from "@/lib/store/store"
import { isLive } from "./live-requests"
import { readNames } from "./request-lookalikes"
import type { Lookalike, Warning } from "./request-types"

type Asking = { readonly deviceId: string; readonly displayName: string | null; readonly address: string }

const mostShown = 3
/** An address that more devices share is that of a network, and says nothing about any of them. */
const mostAtOneAddress = 3
/** So many keys that wait from one address are no household any more. */
const burstOfKeys = 5
/** Requests that are counted at an address: more than wait there at any time but under attack. */
const mostWaiting = 200
const mostKnown = 50

/** What is read at most once for several requests. */
type Shared = {
  /** The requests that wait, the oldest first, of everybody. */
  readonly waiting: () => Promise<readonly Named[]>
  /** From how many keys requests wait at an address. */
  readonly keysAt: (address: string) => Promise<number>
}

type Named = Asking & { readonly requestId: string }

export type ReadWarnings = typeof readWarnings

/** Reads warnings of several requests one after the other, and once what all of them are compared with. */
export function warningsOfSeveral(): ReadWarnings {
  let shared: Shared | null = null
  return (store, asking, policy) => {
    shared ??= shareOf(store, policy)
    return warningsBeside(store, asking, shared)
  }
}

function shareOf(store: Store, policy: Pick<Policy, "pendingTtlMs">): Shared {
  const { db } = store
  const where = { status: "pending", ...isLive(policy) } as const
  let waiting: Promise<readonly Named[]> | undefined
  const keys = new Map<string, Promise<number>>()
  const count = async (address: string) => {
    const found = await db.request.findMany({
      where: { ...where, address },
      select: { deviceId: true },
      take: mostWaiting,
    })
    return new Set(found.map((request) => request.deviceId)).size
  }
  return {
    waiting: () => {
      waiting ??= readNames(store, policy)
      return waiting
    },
    keysAt: (address) => {
      const counted = keys.get(address) ?? count(address)
      keys.set(address, counted)
      return counted
    },
  }
}

/**
 * What a person should mind before deciding on a request: names that are easily taken for one another, a known
 * address with a new key, what was removed or blocked before, and many keys at once. Each is a reason to look, none
 * of them decides.
 */
export async function readWarnings(
  store: Store,
  asking: Asking,
  policy: Pick<Policy, "pendingTtlMs">,
): Promise<readonly Warning[]> {
  return warningsBeside(store, asking, shareOf(store, policy))
}

async function warningsBeside(store: Store, asking: Asking, shared: Shared): Promise<readonly Warning[]> {
  const found = await Promise.all([
    removedKey(store, asking),
    pastNames(store, asking),
    sameName(store, asking, shared),
    sameAddress(store, asking),
    burst(asking, shared),
  ])
  return found.flat()
}

const selectLookalike = { deviceId: true, label: true, displayName: true, lastAddress: true } as const

/** Others that carry nearly the same name: paired devices, by what they or an admin call them, and requests that wait. */
async function sameName({ db }: Store, asking: Asking, shared: Shared): Promise<readonly Warning[]> {
  const { deviceId, displayName } = asking
  const look = lookOf(displayName)
  const term = lookTerm(displayName)
  if (look === null || term === null) return []
  const [requests, devices] = await Promise.all([
    shared.waiting(),
    db.deviceTerm.findMany({
      where: { term, deviceId: { not: deviceId } },
      orderBy: { deviceId: "asc" },
      select: { device: { select: selectLookalike } },
      take: mostShown,
    }),
  ])
  const waiting = requests
    .filter((request) => request.deviceId !== deviceId && lookOf(request.displayName) === look)
    .map(({ displayName: name, ...request }) => ({ ...request, name }))
  const paired = devices.map(({ device }) => ({
    requestId: null,
    deviceId: device.deviceId,
    name: lookOf(device.label) === look ? device.label : device.displayName,
    address: device.lastAddress,
  }))
  const others: readonly Lookalike[] = [...paired, ...waiting].slice(0, mostShown)
  return others.length === 0 ? [] : [{ kind: "name", others }]
}

/** Paired devices that were last seen where this one asks from. Search terms hold the address of each device. */
async function sameAddress({ db }: Store, { deviceId, address }: Asking): Promise<readonly Warning[]> {
  if (isLoopback(address)) return []
  const found = await db.deviceTerm.findMany({
    where: { term: address, deviceId: { not: deviceId } },
    orderBy: { deviceId: "asc" },
    select: { device: { select: selectLookalike } },
    take: mostAtOneAddress + 1,
  })
  if (found.length > mostAtOneAddress) return []
  const others = found
    .map(({ device }) => device)
    .filter((device) => device.lastAddress === address)
    .map((device) => ({
      deviceId: device.deviceId,
      requestId: null,
      name: device.label ?? device.displayName,
      address: device.lastAddress,
    }))
  return others.length === 0 ? [] : [{ kind: "address", address, others }]
}

async function removedKey({ db }: Store, { deviceId }: Asking): Promise<readonly Warning[]> {
  if ((await db.device.findUnique({ where: { deviceId }, select: { deviceId: true } })) !== null) return []
  const removal = await db.auditEntry.findFirst({
    where: { deviceId, action: "device.removed" },
    orderBy: [{ atMs: "desc" }, { id: "desc" }],
    select: { atMs: true, actorName: true, note: true },
  })
  if (removal === null) return []
  return [{ kind: "removed-key", atMs: removal.atMs, by: removal.actorName, note: removal.note }]
}

/** Other keys that went by nearly this name, and were removed or are blocked: they may be back under a new key. */
async function pastNames({ db }: Store, { deviceId, displayName }: Asking): Promise<readonly Warning[]> {
  const term = lookTerm(displayName)
  if (term === null) return []
  const known = await db.knownName.findMany({
    where: { term, deviceId: { not: deviceId } },
    orderBy: { deviceId: "asc" },
    select: { deviceId: true },
    take: mostKnown,
  })
  if (known.length === 0) return []
  const named = { deviceId: { in: known.map((name) => name.deviceId) } }
  const [blocks, paired, removals] = await Promise.all([
    db.block.findMany({ where: named, select: { deviceId: true, atMs: true, byName: true } }),
    db.device.findMany({ where: named, select: { deviceId: true } }),
    db.auditEntry.findMany({
      where: { ...named, action: "device.removed" },
      orderBy: [{ atMs: "desc" }, { id: "desc" }],
      select: { deviceId: true, atMs: true, actorName: true },
      take: mostKnown,
    }),
  ])
  const blocked = blocks.map(({ byName, ...block }): Warning => ({ kind: "blocked-name", ...block, by: byName }))
  const settled = new Set([...blocks, ...paired].map((each) => each.deviceId))
  const removed = removals.flatMap(({ deviceId: id, atMs, actorName }): Warning[] => {
    if (id === null || settled.has(id)) return []
    settled.add(id)
    return [{ kind: "removed-name", deviceId: id, atMs, by: actorName }]
  })
  return [...blocked, ...removed].slice(0, mostShown)
}

async function burst({ address }: Asking, { keysAt }: Shared): Promise<readonly Warning[]> {
  const keys = await keysAt(address)
  return keys < burstOfKeys ? [] : [{ kind: "burst", address, keys }]
}
