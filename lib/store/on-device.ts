import { stillHolds } from "@/lib/pairing/standing"
import type { DeviceRecord, Policy, Refused, Role } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { loadRecord } from "./load-record"
import { recordOver } from "./record-ended"
import type { RequestStatus } from "./request-status"
import type { RecordSave } from "./save-record"
import type { Store } from "./store"
import { inDeviceTransaction, type Tx } from "./transaction"

/** What a command about one device stands on: its record, read where it cannot change before the command is done. */
export type Ground = {
  readonly tx: Tx
  readonly deviceId: string
  readonly record: DeviceRecord
  readonly policy: Policy
  readonly nowMs: number
}

/** How a request that somebody wanted to decide had already ended. */
export type AlreadyResolved = Refused & {
  readonly because: "already-resolved"
  readonly end: {
    readonly status: Exclude<RequestStatus, "pending">
    readonly atMs: number
    readonly byKind: string
    readonly byName: string
    readonly byId: string | null
    readonly note: string | null
    readonly supersededBy: string | null
  }
}

/**
 * Runs one command in the transaction of its device, after recording what expired or ended meanwhile. Refuses with
 * `caller-rights-ended` when the session that gives it lost its rights since it began.
 */
export async function onDevice<T>(
  store: Store,
  { deviceId, nowMs, actor }: { readonly deviceId: string; readonly nowMs: number; readonly actor: Actor },
  work: (ground: Ground) => Promise<T | Refused>,
): Promise<T | Refused> {
  const { policy } = await store.policy()
  const session = sessionOf(actor)
  const run = async (tx: Tx): Promise<T | Refused> => {
    const loaded = await loadRecord(tx, deviceId, nowMs)
    if (session !== null) {
      const own = session.deviceId === deviceId ? loaded : await loadRecord(tx, session.deviceId, nowMs)
      const holds = stillHolds(session.standing, session.scopes, own, { policy, nowMs })
      if (!holds) return { ok: false, because: "caller-rights-ended" }
    }
    return work({ tx, deviceId, record: await recordOver(tx, loaded, policy, nowMs), policy, nowMs })
  }
  return inDeviceTransaction(store, deviceId, run, { beside: session?.deviceId ?? null })
}

/** The session behind a command whose rights may have ended since it began; null for everybody else. */
function sessionOf(actor: Actor) {
  if (actor.kind !== "wire" || actor.deviceId === null || actor.standing === null) return null
  return { deviceId: actor.deviceId, scopes: actor.authority.scopes, standing: actor.standing }
}

/**
 * Runs one command about a request, like `onDevice`. Where the rules do not find the request, the answer is
 * `already-resolved` with who ended it and when, or `not-found` for one that never was.
 */
export async function onRequest<T extends { readonly ok: boolean }>(
  store: Store,
  { requestId, nowMs, actor }: { readonly requestId: string; readonly nowMs: number; readonly actor: Actor },
  work: (ground: Ground) => Promise<T | Refused>,
): Promise<T | Refused | AlreadyResolved> {
  const row = await store.db.request.findUnique({ where: { requestId }, select: { deviceId: true } })
  if (row === null) return { ok: false, because: "not-found" }
  return onDevice(store, { deviceId: row.deviceId, nowMs, actor }, async (ground) => {
    const result = await work(ground)
    if (result.ok || !("because" in result) || result.because !== "not-found") return result
    return (await endOf(ground.tx, requestId)) ?? result
  })
}

async function endOf(tx: Tx, requestId: string): Promise<AlreadyResolved | null> {
  const row = await tx.db.request.findUnique({ where: { requestId } })
  if (row === null || row.status === "pending" || row.endedAtMs === null) return null
  return {
    ok: false,
    because: "already-resolved",
    end: {
      status: toEnd(row.status),
      atMs: row.endedAtMs,
      byKind: row.endedByKind ?? "",
      byName: row.endedByName ?? "",
      byId: row.endedById,
      note: row.endNote,
      supersededBy: row.supersededBy,
    },
  }
}

function toEnd(status: string): AlreadyResolved["end"]["status"] {
  const ends = ["approved", "rejected", "superseded", "expired", "covered", "dropped"] as const
  const end = ends.find((known) => known === status)
  if (end === undefined) throw new Error(`The database holds an unexpected status of a request: ${status}`)
  return end
}

/** What a command hands to `saveRecord`, with the parts that this one does not have left empty. */
export function saveBy(
  actor: Actor,
  { deviceId, nowMs }: Pick<Ground, "deviceId" | "nowMs">,
  more: Partial<RecordSave>,
): RecordSave {
  return {
    deviceId,
    actor,
    atMs: nowMs,
    issuedHow: "rotation",
    address: null,
    ends: new Map(),
    filing: null,
    entryId: null,
    requestId: null,
    note: null,
    asks: [],
    ...more,
  }
}

/** Closes the live sockets of a device, or of one of its roles, on every process once the transaction is over. */
export function closeSessions(
  { tx, deviceId }: Pick<Ground, "tx" | "deviceId">,
  roles: "all" | readonly Role[],
  because: string,
): void {
  const closed = roles === "all" ? [null] : roles
  for (const role of closed) tx.announce({ kind: "sessions-closed", deviceId, role, because })
}
