import { type Approval, approve } from "@/lib/pairing/approve"
import { frozenCeiling } from "@/lib/pairing/device"
import { covers, union } from "@/lib/pairing/scopes"
import type { Refused, Scopes } from "@/lib/pairing/types"
import type { Commander } from "./actor"
import { recordAudit } from "./audit"
import type { AuditSide } from "./audit-actions"
import { type AlreadyResolved, closeSessions, type Ground, onRequest, saveBy } from "./on-device"
import { hashDigest } from "./request-digest"
import { rightsSide } from "./rights-side"
import { saveRecord } from "./save-record"
import type { RequestEnd } from "./save-requests"
import type { Store } from "./store"

export type ApproveRequestInput = {
  readonly requestId: string
  readonly from: "console" | "wire"
  /** The part of what was asked that is granted; everything when left out. */
  readonly grant?: Scopes | undefined
  /** The last instant of what the approval adds; null or left out, it is for good. */
  readonly untilMs?: number | null | undefined
  /** The digest of what the admin was shown; left out over the wire. */
  readonly digest?: string | undefined
  /** False for one of several, about which nobody was asked by itself. */
  readonly isConfirmed?: boolean | undefined
  /** There is something to mind about it that nobody was shown. */
  readonly isWarned?: boolean | undefined
  readonly note?: string | null | undefined
  readonly actor: Commander
  readonly nowMs: number
}

/**
 * Approves one request, whole or in part. Request, device, token, history and audit entry change together or not at
 * all; of several who decide at once one wins. Refuses with what `approve` refuses with, and `already-resolved`.
 */
export async function approveRequest(
  store: Store,
  input: ApproveRequestInput,
): Promise<Approval | Refused | AlreadyResolved> {
  return onRequest(store, input, async (ground) => {
    const { requestId, from, grant, untilMs, digest, isConfirmed, isWarned, note, actor } = input
    const approval = approve(ground.record, {
      ...{
        requestId,
        from,
        grant,
        untilMs,
        isConfirmed,
        isWarned,
        note,
        authority: actor.authority,
        policy: ground.policy,
        nowMs: ground.nowMs,
      },
      shown: digest === undefined ? undefined : { digest, hash: hashDigest },
      freshTokenId: store.keys.newTokenId(),
    })
    if (approval.ok) await keepApproval(ground, input, approval)
    return approval
  })
}

async function keepApproval(ground: Ground, input: ApproveRequestInput, approval: Approval): Promise<void> {
  const { tx, record, deviceId, nowMs } = ground
  const { requestId, actor, note = null } = input
  const { request, next, withheld, untilMs, replacedKey } = approval
  const granted = grantedOf(input, approval)
  const end = { by: actor, atMs: nowMs, granted }
  const ends = new Map<string, RequestEnd>([[requestId, { ...end, status: "approved", withheld, untilMs, note }]])
  for (const dropped of approval.dropped) ends.set(dropped, { status: "dropped", by: actor, atMs: nowMs })

  const { role, scopes: asked } = request
  const entryId = await recordAudit(tx, {
    ...{ action: "request.approved", actor, atMs: nowMs, deviceId, subject: requestId, note },
    before: rightsSide(record.device),
    after: {
      ...{ role, asked, granted, declined: withheld, ...(untilMs !== null && { untilMs }) },
      ...{ ...droppedSide(approval), ...rightsSide(next.device) },
    },
  })
  const { address } = await tx.db.request.findUniqueOrThrow({ where: { requestId }, select: { address: true } })
  const asks = [{ change: "declined", role, scopes: withheld }] as const
  const save = saveBy(actor, ground, { issuedHow: "approval", address, ends, entryId, requestId, note, asks })
  await saveRecord(tx, record, next, save)
  if (replacedKey) closeSessions(ground, "all", "another key was approved for this device")
}

function droppedSide({ dropped }: Approval): AuditSide {
  return dropped.length === 0 ? {} : { dropped }
}

function grantedOf(input: ApproveRequestInput, { request, next }: Approval): Scopes {
  if (input.grant === undefined || next.device === null) return request.scopes
  const ceiling = frozenCeiling(next.device)
  const reached = request.scopes.filter((scope) => covers(ceiling, [scope]))
  return union(reached, input.grant)
}
