"use server"

import { revalidatePath } from "next/cache"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { giverOf } from "@/lib/auth/giver"
import { grantLengthInput } from "@/lib/console/grant-length-input"
import { type CutOffSummary, type DeviceOutcome, mostAtOnce } from "@/lib/pairing/at-once"
import { endOfGrant } from "@/lib/pairing/grant-length"
import { mostTags, toTag } from "@/lib/pairing/tags"
import type { Refused } from "@/lib/pairing/types"
import { blockDevice } from "@/lib/store/block-device"
import { removeDevices, revokeDevices, summariseCutOff } from "@/lib/store/cut-off-devices"
import { disconnectSession } from "@/lib/store/disconnect-session"
import { editRights } from "@/lib/store/edit-rights"
import { extendGrant } from "@/lib/store/extend-grant"
import { currentStore, now } from "@/lib/store/instance"
import { mergeDuplicates } from "@/lib/store/merge-duplicates"
import { noteDevice } from "@/lib/store/note-device"
import { onEachDevice } from "@/lib/store/on-each-device"
import { removeDevice } from "@/lib/store/remove-device"
import { renameDevice } from "@/lib/store/rename-device"
import { revokeToken } from "@/lib/store/revoke-token"
import { rotateToken } from "@/lib/store/rotate-token"
import { tagDevice } from "@/lib/store/tag-device"
import { takeBackSilent } from "@/lib/store/take-back-silent"
import { unblockDevice } from "@/lib/store/unblock-device"

type Outcome = { readonly ok: true } | Refused

const deviceId = z.string().min(1).max(128)
const role = z.enum(["operator", "node"])
const scopes = z.array(z.string().min(1).max(128)).max(128)
const note = z.string().trim().max(500).nullable()

const mode = z.enum(["on-pickup", "at-once"])
const shownRevision = z.int().nonnegative()
const confirmedLockout = z.boolean()
const rotateInput = z.object({ deviceId, role, scopes, mode, shownRevision, note, confirmedLockout })
const revokeInput = z.object({ deviceId, role, note, confirmedLockout })
const editInput = z.object({
  ...{ deviceId, role, approved: scopes, token: scopes.nullable(), release: scopes },
  ...{ mode, shownRevision, note, confirmedLockout, length: grantLengthInput },
})
const takeBackInput = z.object({ deviceId, scopes, note, confirmedLockout })
const disconnectInput = z.object({ deviceId, connId: z.string().min(1).max(128) })
const extendInput = z.object({ deviceId, names: scopes.min(1), untilMs: z.int().positive().nullable(), shownRevision })
const renameInput = z.object({ deviceId, label: z.string().trim().min(1).max(64).nullable() })
const notesInput = z.object({ deviceId, note: z.string().trim().max(2000) })
const cutOffInput = z.object({ deviceId, note, confirmedLockout })
const toldReason = z.string().trim().max(200)
const blockInput = cutOffInput.extend({ toldReason })
const plainInput = z.object({ deviceId, note })

const deviceIds = z.array(deviceId).min(1).max(mostAtOnce)
const labelInput = z.array(renameInput).min(1).max(mostAtOnce)
const severalInput = z.object({ deviceIds, note })
const mergeInput = z.object({ keep: deviceId, deviceIds })
const tag = z.string().max(64).transform(toTag).pipe(z.string())
const tagInput = z.object({ deviceIds, add: z.array(tag).max(mostTags), remove: z.array(tag).max(mostTags) })

/** The value of a command without what is not for a browser: the secret of a token, the whole record. */
function told(result: Outcome): Outcome {
  if (!result.ok) return result
  revalidatePath("/devices", "layout")
  return { ok: true }
}

function toldEach(outcomes: readonly DeviceOutcome[]): readonly DeviceOutcome[] {
  revalidatePath("/devices", "layout")
  return outcomes
}

export async function rotateTokenAction(input: z.input<typeof rotateInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.rotate"))
  const parsed = rotateInput.parse(input)
  const rotation = { ...parsed, mode: { kind: parsed.mode }, rememberNarrowing: true, ...by, nowMs: now() }
  return told(await rotateToken(currentStore(), rotation))
}

export async function revokeTokenAction(input: z.input<typeof revokeInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.revoke"))
  const parsed = revokeInput.parse(input)
  return told(await revokeToken(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function editScopesAction(input: z.input<typeof editInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.edit-scopes"))
  const { length, mode, ...choice } = editInput.parse(input)
  const nowMs = now()
  const time = { nowMs, untilMs: endOfGrant(length, nowMs) }
  return told(await editRights(currentStore(), { ...choice, mode: { kind: mode }, ...by, ...time }))
}

export async function disconnectAction(input: z.input<typeof disconnectInput>): Promise<Outcome> {
  const actor = actorOf(await requireAdmin("devices.disconnect"))
  const parsed = disconnectInput.parse(input)
  return told(await disconnectSession(currentStore(), { ...parsed, actor, nowMs: now() }))
}

export async function takeBackSilentAction(input: z.input<typeof takeBackInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.take-back"))
  const parsed = takeBackInput.parse(input)
  return told(await takeBackSilent(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function extendGrantAction(input: z.input<typeof extendInput>): Promise<Outcome> {
  const actor = actorOf(await requireAdmin("devices.extend"))
  const parsed = extendInput.parse(input)
  return told(await extendGrant(currentStore(), { ...parsed, actor, nowMs: now() }))
}

export async function renameDeviceAction(input: z.input<typeof renameInput>): Promise<Outcome> {
  const actor = actorOf(await requireAdmin("devices.rename"))
  const parsed = renameInput.parse(input)
  return told(await renameDevice(currentStore(), { ...parsed, actor, nowMs: now() }))
}

export async function noteDeviceAction(input: z.input<typeof notesInput>): Promise<Outcome> {
  const actor = actorOf(await requireAdmin("devices.note"))
  const parsed = notesInput.parse(input)
  return told(await noteDevice(currentStore(), { ...parsed, actor, nowMs: now() }))
}

export async function tagDevicesAction(input: z.input<typeof tagInput>): Promise<readonly DeviceOutcome[]> {
  const actor = actorOf(await requireAdmin("devices.tag"))
  const { deviceIds: ids, ...tags } = tagInput.parse(input)
  const tagOne = (id: string) => tagDevice(currentStore(), { deviceId: id, ...tags, actor, nowMs: now() })
  return toldEach(await onEachDevice(ids, tagOne))
}

export async function labelDevicesAction(input: z.input<typeof labelInput>): Promise<readonly DeviceOutcome[]> {
  const actor = actorOf(await requireAdmin("devices.rename"))
  const labels = new Map(labelInput.parse(input).map((row) => [row.deviceId, row.label]))
  const labelOne = (id: string) =>
    renameDevice(currentStore(), { deviceId: id, label: labels.get(id) ?? null, actor, nowMs: now() })
  return toldEach(await onEachDevice([...labels.keys()], labelOne))
}

export async function summariseCutOffAction(input: readonly string[]): Promise<CutOffSummary> {
  const { ownAddress } = await giverOf(await requireAdmin("devices.revoke"))
  return summariseCutOff(currentStore(), { deviceIds: deviceIds.parse(input), ownAddress })
}

export async function revokeDevicesAction(input: z.input<typeof severalInput>): Promise<readonly DeviceOutcome[]> {
  const by = await giverOf(await requireAdmin("devices.revoke"))
  const parsed = severalInput.parse(input)
  return toldEach(await revokeDevices(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function removeDevicesAction(input: z.input<typeof severalInput>): Promise<readonly DeviceOutcome[]> {
  const by = await giverOf(await requireAdmin("devices.remove"))
  const parsed = severalInput.parse(input)
  return toldEach(await removeDevices(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function mergeDuplicatesAction(input: z.input<typeof mergeInput>): Promise<readonly DeviceOutcome[]> {
  const by = await giverOf(await requireAdmin("devices.remove"))
  const parsed = mergeInput.parse(input)
  return toldEach(await mergeDuplicates(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function blockDeviceAction(input: z.input<typeof blockInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.block"))
  const parsed = blockInput.parse(input)
  return told(await blockDevice(currentStore(), { ...parsed, ...by, nowMs: now() }))
}

export async function unblockDeviceAction(input: z.input<typeof plainInput>): Promise<Outcome> {
  const actor = actorOf(await requireAdmin("devices.unblock"))
  const parsed = plainInput.parse(input)
  return told(await unblockDevice(currentStore(), { ...parsed, actor, nowMs: now() }))
}

export async function removeDeviceAction(input: z.input<typeof cutOffInput>): Promise<Outcome> {
  const by = await giverOf(await requireAdmin("devices.remove"))
  const parsed = cutOffInput.parse(input)
  return told(await removeDevice(currentStore(), { ...parsed, ...by, nowMs: now() }))
}
