import type { DeviceRecord, Metadata, PendingRequest, Scopes } from "@/lib/pairing/types"
import { type Actor, actorId } from "./actor"
import { addressGroup } from "./address-group"
import { insertRows, updateRows } from "./insert-rows"
import { keepName } from "./known-names"
import type { RequestStatus } from "./request-status"
import { fromList } from "./rows"
import type { Tx } from "./transaction"

/** How one request ended, and by whom. */
export type RequestEnd = {
  readonly status: Exclude<RequestStatus, "pending">
  readonly by: Actor
  readonly atMs: number
  readonly note?: string | null
  /** What its device is told of why; see told-reason.ts. */
  readonly toldReason?: string | null
  readonly granted?: Scopes
  readonly withheld?: Scopes
  /** Of what was granted for a time, its last instant. */
  readonly untilMs?: number | null
  readonly supersededBy?: string
}

/** The try that files or refreshes a request. */
export type Filing = {
  readonly address: string
  /** See circumstances.ts. */
  readonly circumstances: string
  readonly metadata: Metadata
}

export type RequestsSave = {
  /** How each request that left the record ended. */
  readonly ends: ReadonlyMap<string, RequestEnd>
  /** Null when no try is behind this change. */
  readonly filing: Filing | null
}

/**
 * Writes the requests and rejections of a record as the rules left them. A request that is no longer among them has
 * ended; its row stays, with how and by whom. Throws when one left without an end, or is not pending any more.
 */
export async function saveRequests(tx: Tx, before: DeviceRecord, after: DeviceRecord, save: RequestsSave) {
  for (const request of before.requests) {
    const still = after.requests.find((other) => other.requestId === request.requestId)
    if (still === undefined) await endRequest(tx, request, save.ends)
    else if (still !== request) await refreshRequest(tx, still, save.filing)
  }
  for (const request of after.requests) {
    if (before.requests.some((other) => other.requestId === request.requestId)) continue
    await addRequest(tx, request, save.filing)
  }
  await saveHolds(tx, before, after)
}

async function endRequest(tx: Tx, request: PendingRequest, ends: RequestsSave["ends"]): Promise<void> {
  const { requestId, deviceId } = request
  const end = ends.get(requestId)
  if (end === undefined) throw new Error(`Request ${requestId} left the record without an end.`)
  const { count } = await tx.db.request.updateMany({
    where: { requestId, status: "pending" },
    data: {
      status: end.status,
      endedAtMs: end.atMs,
      endedByKind: end.by.kind,
      endedById: actorId(end.by),
      endedByName: end.by.name,
      endNote: end.note ?? null,
      toldReason: end.toldReason ?? null,
      granted: end.granted === undefined ? null : fromList(end.granted),
      withheld: end.withheld === undefined ? null : fromList(end.withheld),
      grantedUntilMs: end.untilMs ?? null,
      supersededBy: end.supersededBy ?? null,
    },
  })
  if (count !== 1) throw new Error(`Request ${requestId} was resolved outside of its device's transaction.`)
  tx.announce({ kind: "request", requestId, deviceId, status: end.status })
}

async function refreshRequest(tx: Tx, request: PendingRequest, filing: Filing | null): Promise<void> {
  const { requestId, deviceId, triedAtMs, tries } = request
  const latest = filing === null ? {} : { latestMetadata: metadataIfOther(request.metadata, filing.metadata) }
  await updateRows(tx, "Request", { requestId }, { triedAtMs, tries, ...latest })
  tx.announce({ kind: "request", requestId, deviceId, status: "pending" })
}

function metadataIfOther(frozen: Metadata, latest: Metadata): string | null {
  const keys = ["displayName", "clientId", "clientMode", "clientVersion", "platform", "deviceFamily"] as const
  const isSame =
    keys.every((key) => frozen[key] === latest[key]) && fromList(frozen.commands) === fromList(latest.commands)
  return isSame ? null : JSON.stringify(latest)
}

/** A new request, or a rejected one that waits again. */
async function addRequest(tx: Tx, request: PendingRequest, filing: Filing | null): Promise<void> {
  const { metadata, ...own } = request
  const { requestId, deviceId, triedAtMs } = own
  if (filing === null) {
    await tx.db.request.update({
      where: { requestId },
      data: { status: "pending", triedAtMs, ...notEnded },
      select: { requestId: true },
    })
  } else {
    const { displayName, clientId, clientMode, clientVersion, platform, deviceFamily, commands } = metadata
    const row = {
      ...{ ...own, displayName, clientId, clientMode, clientVersion, platform, deviceFamily },
      ...{ commands: JSON.stringify(commands), scopes: fromList(request.scopes), status: "pending" },
      ...{ address: filing.address, addressGroup: addressGroup(filing.address), circumstances: filing.circumstances },
    }
    await insertRows(tx, "Request", [row])
    await keepName(tx, { deviceId, name: metadata.displayName })
  }
  tx.announce({ kind: "request", requestId, deviceId, status: "pending" })
}

const notEnded = {
  endedAtMs: null,
  endedByKind: null,
  endedById: null,
  endedByName: null,
  endNote: null,
  toldReason: null,
  heldUntilMs: null,
}

async function saveHolds(tx: Tx, before: DeviceRecord, after: DeviceRecord): Promise<void> {
  const isIn = (record: DeviceRecord, requestId: string) => record.holds.some((hold) => hold.requestId === requestId)
  const gone = before.holds.map((hold) => hold.requestId).filter((requestId) => !isIn(after, requestId))
  if (gone.length > 0) {
    await tx.db.request.updateMany({ where: { requestId: { in: gone } }, data: { heldUntilMs: null } })
  }
  for (const { requestId, untilMs } of after.holds.filter((hold) => !isIn(before, hold.requestId))) {
    await tx.db.request.update({
      where: { requestId },
      data: { heldUntilMs: untilMs },
      select: { requestId: true },
    })
  }
}
