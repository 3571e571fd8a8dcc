import type { Allow, Decision, Pending, SilentApprove } from "@/lib/pairing/decision"
import type { ConnectFacts } from "@/lib/pairing/facts"
import type { DeviceRecord } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import { toCircumstances } from "./circumstances"
import { addressOf } from "./connect-facts"
import { hasRoomFor, type Overloaded, type PendingLimits } from "./pending-caps"
import { askSide } from "./request-ends"
import { rightsSide, tokenSide } from "./rights-side"
import { type RecordSave, saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Tx } from "./transaction"

type Kept<D extends Decision = Decision> = {
  readonly facts: ConnectFacts
  readonly decision: D
  readonly record: DeviceRecord
  readonly deviceId: string
  readonly actor: Actor
}

/** How long a device should wait before it asks again to have a request filed. */
const overloadRetryMs = 30_000

/**
 * Writes what a decision on a connect changes, with its audit entry. Null when it is written; the refusal when it
 * would file a request and too many wait already.
 */
export async function keepDecision(
  tx: Tx,
  drawn: { readonly facts: ConnectFacts; readonly decision: Decision; readonly record: DeviceRecord },
  limits: PendingLimits,
): Promise<Overloaded | null> {
  const { facts, decision, record } = drawn
  const deviceId = facts.identity?.deviceId
  if (deviceId === undefined) return null
  const name = facts.metadata.displayName ?? record.device?.metadata.displayName ?? deviceId.slice(0, 8)
  const actor: Actor = { kind: "device", deviceId, name }
  switch (decision.kind) {
    case "pending":
      return keepRequest(tx, { facts, decision, record, deviceId, actor }, limits)
    case "silent-approve":
      await keepSilentGrant(tx, { facts, decision, record, deviceId, actor: { kind: "rule", name: decision.lane } })
      return null
    case "allow":
      await keepAllowed(tx, { facts, decision, record, deviceId, actor })
      return null
    case "reject":
      return null
  }
}

function saveOf({ facts, decision, deviceId, actor }: Kept, more: Partial<RecordSave>): RecordSave {
  return {
    deviceId,
    actor,
    atMs: facts.nowMs,
    address: addressOf(decision.locality, facts.net),
    issuedHow: "connect",
    ends: new Map(),
    filing: null,
    entryId: null,
    requestId: null,
    note: null,
    asks: [],
    ...more,
  }
}

async function keepRequest(tx: Tx, kept: Kept<Pending>, limits: PendingLimits): Promise<Overloaded | null> {
  const { facts, decision, record, deviceId, actor } = kept
  const { request, filed, superseded, missing, manual } = decision
  const { nowMs } = facts
  const address = addressOf(decision.locality, facts.net)
  const filing = { address, circumstances: toCircumstances(decision, facts), metadata: facts.metadata }
  if (filed === "refreshed") {
    await saveRecord(tx, record, decision.next, saveOf(kept, { filing }))
    return null
  }

  // A request that replaces another one does not make them more.
  if (superseded === null && !(await hasRoomFor(tx, { address, limits, nowMs }))) {
    return { ok: false, because: "overloaded", retryAfterMs: overloadRetryMs }
  }
  const { requestId, role } = request
  const about = { actor, atMs: nowMs, deviceId, subject: requestId }
  const ends = new Map<string, RequestEnd>()
  if (superseded !== null) {
    ends.set(superseded, { status: "superseded", by: actor, atMs: nowMs, supersededBy: requestId })
    await recordAudit(tx, { ...about, action: "request.superseded", subject: superseded, after: { by: requestId } })
  }
  const after: AuditSide = { ...askSide(request), missing, manual, address }
  const entryId = await recordAudit(tx, { ...about, action: "request.filed", after })
  const asks = [{ change: "asked", role, scopes: missing }] as const
  await saveRecord(tx, record, decision.next, saveOf(kept, { filing, ends, entryId, requestId, asks }))
  return null
}

async function keepSilentGrant(tx: Tx, kept: Kept<SilentApprove>): Promise<void> {
  const { facts, decision, record, deviceId, actor } = kept
  const { role, granted, asked, reason, covered } = decision
  const { nowMs } = facts
  const ends = new Map(
    covered.map((requestId): [string, RequestEnd] => [
      requestId,
      { status: "covered", by: actor, atMs: nowMs, granted },
    ]),
  )
  const entryId = await recordAudit(tx, {
    action: "device.approved-silently",
    actor,
    atMs: nowMs,
    deviceId,
    before: rightsSide(record.device),
    after: { role, asked, granted, reason, ...rightsSide(decision.next.device) },
  })
  await saveRecord(tx, record, decision.next, saveOf(kept, { issuedHow: "silent", ends, entryId }))
}

/** A connect within its rights may still get a token, use one for the first time, or report another platform. */
async function keepAllowed(tx: Tx, kept: Kept<Allow>): Promise<void> {
  const { facts, decision, record, deviceId, actor } = kept
  const { role } = decision
  const [before, after] = [record.device, decision.next.device]
  const [old, token] = [before?.tokens[role], after?.tokens[role]]
  const about = { actor, atMs: facts.nowMs, deviceId, subject: role }
  const isFirstUse = token !== undefined && token.usedAtMs !== null && old?.usedAtMs === null

  let entryId: string | null = null
  if (old?.tokenId !== token?.tokenId) {
    const sides = { before: tokenSide(before, role), after: { role, ...tokenSide(after, role) } }
    entryId = await recordAudit(tx, { ...about, ...sides, action: "token.issued" })
  } else if (isFirstUse) {
    entryId = await recordAudit(tx, { ...about, action: "token.picked-up", after: { role, ...tokenSide(after, role) } })
  }
  if (before !== null && after !== null && before.metadata !== after.metadata) {
    const side = ({ metadata }: typeof before) => ({ platform: metadata.platform, deviceFamily: metadata.deviceFamily })
    const sides = { before: side(before), after: side(after) }
    await recordAudit(tx, { ...about, ...sides, action: "device.metadata-changed", subject: null })
  }
  await saveRecord(tx, record, decision.next, saveOf(kept, { entryId }))
}
