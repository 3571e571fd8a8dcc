import type { Allow, Decision, Filed, Pending, SilentApprove } from "@/lib/pairing/decision"
import type { ConnectFacts } from "@/lib/pairing/facts"
import type { DeviceRecord, Token } from "@/lib/pairing/types"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import { toCircumstances } from "./circumstances"
import { addressOf } from "./connect-facts"
import { hasRoomFor, type Overloaded, type PendingLimits } from "./pending-caps"
import { askSide } from "./request-ends"
import { rightsSide, shortTokenId, tokenSide } from "./rights-side"
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
 * Writes what a decision on a connect changes, with its audit entry. Returns the decision as it was kept, or the
 * refusal when it would file a request and too many wait already. An allow stays one then: only its request is left out.
 */
export async function keepDecision(
  tx: Tx,
  drawn: { readonly facts: ConnectFacts; readonly decision: Decision; readonly record: DeviceRecord },
  limits: PendingLimits,
): Promise<Decision | Overloaded> {
  const { facts, decision, record } = drawn
  const deviceId = facts.identity?.deviceId
  if (deviceId === undefined) return decision
  const name = facts.metadata.displayName ?? record.device?.metadata.displayName ?? deviceId.slice(0, 8)
  const actor: Actor = { kind: "device", deviceId, name }
  switch (decision.kind) {
    case "pending":
      return keepRequest(tx, { facts, decision, record, deviceId, actor }, limits)
    case "silent-approve":
      await keepSilentGrant(tx, { facts, decision, record, deviceId, actor: { kind: "rule", name: decision.lane } })
      return decision
    case "allow":
      return keepAllowed(tx, { facts, decision, record, deviceId, actor }, limits)
    case "reject":
      return decision
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

async function keepRequest(tx: Tx, kept: Kept<Pending>, limits: PendingLimits): Promise<Pending | Overloaded> {
  const { decision, record } = kept
  const filed = await recordFiling(tx, kept, decision, limits)
  if (filed === null) return { ok: false, because: "overloaded", retryAfterMs: overloadRetryMs }
  await saveRecord(tx, record, decision.next, saveOf(kept, filed))
  return decision
}

/**
 * Records that a connect filed or refreshed a request, and what of it is to be saved with the record. Null, and
 * nothing recorded, when too many wait already.
 */
async function recordFiling(
  tx: Tx,
  kept: Kept,
  asking: Omit<Filed, "next"> & Pick<Pending, "manual" | "missing" | "withheld">,
  limits: PendingLimits,
): Promise<Pick<RecordSave, "filing" | "ends" | "entryId" | "requestId" | "asks"> | null> {
  const { facts, decision, deviceId, actor } = kept
  const { nowMs } = facts
  const { request, filed, superseded, manual, missing, withheld } = asking
  const { locality } = decision
  const address = addressOf(locality, facts.net)
  const circumstances = toCircumstances({ locality, manual, missing, withheld }, facts)
  const filing = { address, circumstances, metadata: facts.metadata }
  const ends = new Map<string, RequestEnd>()
  if (filed === "refreshed") return { filing, ends, entryId: null, requestId: null, asks: [] }

  // A request that replaces another one does not make them more.
  if (superseded === null && !(await hasRoomFor(tx, { address, limits, nowMs }))) return null
  const { requestId, role } = request
  const about = { actor, atMs: nowMs, deviceId, subject: requestId }
  if (superseded !== null) {
    ends.set(superseded, { status: "superseded", by: actor, atMs: nowMs, supersededBy: requestId })
    await recordAudit(tx, { ...about, action: "request.superseded", subject: superseded, after: { by: requestId } })
  }
  const after: AuditSide = { ...askSide(request), missing, manual, address }
  const entryId = await recordAudit(tx, { ...about, action: "request.filed", after })
  const asks = [{ change: "asked", role, scopes: missing }] as const
  return { filing, ends, entryId, requestId, asks }
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
    after: {
      role,
      asked,
      granted,
      reason,
      ...(covered.length > 0 && { covered }),
      ...rightsSide(decision.next.device),
    },
  })
  await saveRecord(tx, record, decision.next, saveOf(kept, { issuedHow: "silent", ends, entryId }))
}

/**
 * A connect within its rights may still get a token, use one for the first time, report another platform, or, as a
 * node, ask for further commands.
 */
async function keepAllowed(tx: Tx, kept: Kept<Allow>, limits: PendingLimits): Promise<Allow> {
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
  } else if (old !== undefined && token !== undefined && token.predecessors.length < old.predecessors.length) {
    // It came in with a token that it never used before and that has been replaced already; what came before it ends.
    entryId = await recordAudit(tx, { ...about, action: "token.picked-up", after: { role, ...presentedSide(token) } })
  }
  if (before !== null && after !== null && before.metadata !== after.metadata) {
    const side = ({ metadata }: typeof before) => ({ platform: metadata.platform, deviceFamily: metadata.deviceFamily })
    const sides = { before: side(before), after: side(after) }
    await recordAudit(tx, { ...about, ...sides, action: "device.metadata-changed", subject: null })
  }
  return saveAllowed(tx, kept, entryId, limits)
}

async function saveAllowed(tx: Tx, kept: Kept<Allow>, entryId: string | null, limits: PendingLimits): Promise<Allow> {
  const { decision, record } = kept
  if (decision.filed === null) {
    await saveRecord(tx, record, decision.next, saveOf(kept, { entryId }))
    return decision
  }
  const why = { manual: "node-commands", missing: [], withheld: [] } as const
  const filed = await recordFiling(tx, kept, { ...decision.filed, ...why }, limits)
  if (filed === null) {
    const next = { ...decision.next, requests: record.requests }
    await saveRecord(tx, record, next, saveOf(kept, { entryId }))
    return { ...decision, filed: null, next }
  }
  await saveRecord(tx, record, decision.next, saveOf(kept, { filing: filed.filing, ends: filed.ends, entryId }))
  return decision
}

function presentedSide({ role, predecessors: [presented] }: Token): AuditSide {
  if (presented === undefined) return {}
  return { [`${role}Scopes`]: presented.scopes, [`${role}Token`]: shortTokenId(presented.tokenId) }
}
