"use server"

import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { giverOf } from "@/lib/auth/giver"
import { grantLengthInput } from "@/lib/console/grant-length-input"
import { endOfGrant } from "@/lib/pairing/grant-length"
import { approveRequest } from "@/lib/store/approve-request"
import { blockDevice } from "@/lib/store/block-device"
import { currentStore, now } from "@/lib/store/instance"
import { rejectRequest } from "@/lib/store/reject-request"
import { reopenRequest } from "@/lib/store/reopen-request"
import { undoApproval } from "@/lib/store/undo-approval"
import { type DecisionResult, toDecisionResult } from "./decision-result"

const requestId = z.string().min(1).max(100)
const note = z
  .string()
  .max(500)
  .transform((text) => text.trim() || null)

const toldReason = z.string().max(200)

const approveInput = z.object({
  requestId,
  note,
  digest: z.string().min(1).max(100),
  grant: z.array(z.string().max(128)).max(64),
  length: grantLengthInput,
})

export async function approveAction(input: z.input<typeof approveInput>): Promise<DecisionResult> {
  const admin = await requireAdmin("requests.approve")
  const { length, ...asked } = approveInput.parse(input)
  const nowMs = now()
  const by = { actor: actorOf(admin), nowMs, untilMs: endOfGrant(length, nowMs) }
  return toDecisionResult(await approveRequest(currentStore(), { ...asked, ...by, from: "console" }))
}

const rejectInput = z.object({ requestId, note, toldReason })

export async function rejectAction(input: z.input<typeof rejectInput>): Promise<DecisionResult> {
  const admin = await requireAdmin("requests.reject")
  const asked = rejectInput.parse(input)
  return toDecisionResult(await rejectRequest(currentStore(), { ...asked, actor: actorOf(admin), nowMs: now() }))
}

const reopenInput = z.object({ requestId })

export async function reopenAction(input: z.input<typeof reopenInput>): Promise<DecisionResult> {
  const admin = await requireAdmin("requests.reopen")
  const asked = reopenInput.parse(input)
  return toDecisionResult(await reopenRequest(currentStore(), { ...asked, actor: actorOf(admin), nowMs: now() }))
}

const confirmedLockout = z.boolean()
const undoInput = z.object({ requestId, confirmedLockout })

export async function undoAction(input: z.input<typeof undoInput>): Promise<DecisionResult> {
  const admin = await requireAdmin("devices.revoke")
  const asked = undoInput.parse(input)
  return toDecisionResult(await undoApproval(currentStore(), { ...asked, ...(await giverOf(admin)), nowMs: now() }))
}

const blockInput = z.object({
  deviceId: z.string().min(1).max(200),
  publicKey: z.string().min(1).max(400),
  note,
  toldReason,
  confirmedLockout,
})

export async function blockAction(input: z.input<typeof blockInput>): Promise<DecisionResult> {
  const admin = await requireAdmin("devices.block")
  const asked = blockInput.parse(input)
  return toDecisionResult(await blockDevice(currentStore(), { ...asked, ...(await giverOf(admin)), nowMs: now() }))
}
