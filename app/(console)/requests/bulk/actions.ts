"use server"

import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { loadBulk, loadWarnedSince } from "@/lib/console/bulk"
import type { BulkSummary } from "@/lib/console/bulk-types"
import { mostAtOnce } from "@/lib/pairing/at-once"
import { approveRequest } from "@/lib/store/approve-request"
import { inTurn } from "@/lib/store/in-turn"
import { currentStore, now } from "@/lib/store/instance"
import { rejectRequest } from "@/lib/store/reject-request"
import { type DecisionResult, toDecisionResult } from "../decision-result"

/** What became of one of several requests. */
export type RequestOutcome = { readonly requestId: string; readonly result: DecisionResult }

const requestId = z.string().min(1).max(100)
const note = z.string().trim().max(500).nullable()

const selectedInput = z
  .array(z.object({ requestId, rightsRevision: z.int().nonnegative().nullable() }))
  .min(1)
  .max(mostAtOnce)

export async function summariseAction(input: z.input<typeof selectedInput>): Promise<BulkSummary> {
  await requireAdmin("requests.approve")
  return loadBulk(selectedInput.parse(input))
}

const approveInput = z.object({
  note,
  requests: z
    .array(
      z.object({
        requestId,
        digest: z.string().min(1).max(100),
        grant: z.array(z.string().max(128)).max(64),
        isConfirmed: z.boolean(),
        /** What there was to mind about it, by its keys. */
        warnings: z.array(z.string().max(200)).max(20),
      }),
    )
    .min(1)
    .max(mostAtOnce),
})

export async function approveRequestsAction(input: z.input<typeof approveInput>): Promise<readonly RequestOutcome[]> {
  const actor = actorOf(await requireAdmin("requests.approve"))
  const { requests, ...said } = approveInput.parse(input)
  const warned = await loadWarnedSince(requests)
  return inTurn(requests, async ({ warnings: _, ...asked }) => {
    const isWarned = warned.has(asked.requestId)
    const by = { ...said, actor, from: "console", isWarned, nowMs: now() } as const
    const result = await approveRequest(currentStore(), { ...asked, ...by })
    return { requestId: asked.requestId, result: toDecisionResult(result) }
  })
}

const rejectInput = z.object({
  note,
  toldReason: z.string().trim().max(200),
  requestIds: z.array(requestId).min(1).max(mostAtOnce),
})

export async function rejectRequestsAction(input: z.input<typeof rejectInput>): Promise<readonly RequestOutcome[]> {
  const actor = actorOf(await requireAdmin("requests.reject"))
  const { requestIds, ...said } = rejectInput.parse(input)
  return inTurn(new Set(requestIds), async (id) => {
    const result = await rejectRequest(currentStore(), { requestId: id, ...said, actor, nowMs: now() })
    return { requestId: id, result: toDecisionResult(result) }
  })
}
