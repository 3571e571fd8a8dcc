import { type ForeignRequest, type RequestNotTakenOver, takeOverRequest } from "@/lib/pairing/imported-request"
import type { DeviceRecord } from "@/lib/pairing/types"
import { recordAudit } from "./audit"
import { toCircumstances } from "./circumstances"
import { addressOf } from "./connect-facts"
import { type ImportInput, importer } from "./import-devices"
import { loadRecord, readRecord } from "./load-record"
import { saveBy } from "./on-device"
import { hasRoomFor, pendingLimits } from "./pending-caps"
import { recordOver } from "./record-ended"
import { askSide } from "./request-ends"
import { saveRecord } from "./save-record"
import type { Store } from "./store"
import { inDeviceTransaction, type Tx } from "./transaction"

export type RequestImport =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: RequestNotTakenOver | "overloaded" }

/**
 * What would become of a request of another gateway. `brought` is the record that the import would make of its device;
 * null where it brings none. Writes nothing.
 */
export async function previewRequest(
  store: Store,
  foreign: ForeignRequest,
  { nowMs, brought }: { readonly nowMs: number; readonly brought: DeviceRecord | null },
): Promise<RequestImport> {
  const { policy } = await store.policy()
  if (await isKnown(store, foreign)) return { ok: false, because: "already-here" }
  const { pendingTtlMs } = policy
  const record = brought ?? (await readRecord(store, { deviceId: foreign.deviceId, pendingTtlMs, nowMs }))
  const judged = takeOverRequest(record, foreign, { policy, nowMs, freshTokenId: store.keys.newTokenId() })
  return judged.ok ? { ok: true } : judged
}

/**
 * Takes a request over that waits at another gateway, under its own id, so that a second run finds it again. Devices
 * come first: what they were granted there decides whether the request still waits for anybody here.
 */
export async function importRequest(
  store: Store,
  foreign: ForeignRequest,
  { nowMs }: ImportInput,
): Promise<RequestImport> {
  const { policy } = await store.policy()
  // Read before the transaction: a transaction that waits for a second connection can starve the pool.
  const limits = await pendingLimits(store, policy)
  const { deviceId, requestId } = foreign
  return inDeviceTransaction(store, deviceId, async (tx) => {
    if (await isKnown(tx, foreign)) return { ok: false, because: "already-here" }
    const record = await recordOver(tx, await loadRecord(tx, deviceId, nowMs), policy, nowMs)
    const judged = takeOverRequest(record, foreign, { policy, nowMs, freshTokenId: store.keys.newTokenId() })
    if (!judged.ok) return judged
    const { pending, facts } = judged
    const address = addressOf(pending.locality, facts.net)
    if (!(await hasRoomFor(tx, { address, limits, nowMs }))) return { ok: false, because: "overloaded" }

    const { request, missing, manual } = pending
    const entryId = await recordAudit(tx, {
      ...{ action: "request.filed", actor: importer, atMs: nowMs, deviceId, subject: requestId },
      after: { ...askSide(request), missing, manual, address },
    })
    const filing = { address, circumstances: toCircumstances(pending, facts), metadata: foreign.metadata }
    const asks = [{ change: "asked", role: request.role, scopes: missing }] as const
    await saveRecord(
      tx,
      record,
      pending.next,
      saveBy(importer, { deviceId, nowMs }, { filing, entryId, requestId, asks }),
    )
    return { ok: true }
  })
}

async function isKnown({ db }: Pick<Tx, "db">, { requestId }: ForeignRequest): Promise<boolean> {
  return (await db.request.findUnique({ where: { requestId }, select: { requestId: true } })) !== null
}
