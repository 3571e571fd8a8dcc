"use server"

import { revalidatePath } from "next/cache"
import { z } from "zod"
import { type CurrentAdmin, requireAdmin } from "@/lib/auth/admin"
import { hasCapability } from "@/lib/auth/capabilities"
import {
  changeDeviceView,
  deleteDeviceView,
  saveDeviceView,
  setDefaultDeviceView,
  type ViewHolder,
  type ViewOutcome,
} from "@/lib/store/device-views"
import { currentStore, now } from "@/lib/store/instance"

const name = z.string().trim().min(1).max(40)
const viewId = z.string().min(1).max(64)
const viewInput = z.object({ name, query: z.string().max(600) })
const renameInput = z.object({ viewId, name })
const shareInput = z.object({ viewId, isShared: z.boolean() })

const holderOf = ({ adminId, role }: CurrentAdmin): ViewHolder => ({
  adminId,
  mayShare: hasCapability(role, "views.share"),
})

function told(outcome: ViewOutcome): ViewOutcome {
  revalidatePath("/devices")
  return outcome
}

export async function saveViewAction(input: z.input<typeof viewInput>): Promise<ViewOutcome> {
  const { adminId } = await requireAdmin("views.change")
  return told(await saveDeviceView(currentStore(), { adminId, ...viewInput.parse(input), nowMs: now() }))
}

export async function renameViewAction(input: z.input<typeof renameInput>): Promise<ViewOutcome> {
  const holder = holderOf(await requireAdmin("views.change"))
  return told(await changeDeviceView(currentStore(), { holder, ...renameInput.parse(input) }))
}

export async function shareViewAction(input: z.input<typeof shareInput>): Promise<ViewOutcome> {
  const holder = holderOf(await requireAdmin("views.share"))
  return told(await changeDeviceView(currentStore(), { holder, ...shareInput.parse(input) }))
}

export async function deleteViewAction(input: string): Promise<ViewOutcome> {
  const holder = holderOf(await requireAdmin("views.change"))
  return told(await deleteDeviceView(currentStore(), { holder, viewId: viewId.parse(input) }))
}

export async function setDefaultViewAction(input: string | null): Promise<ViewOutcome> {
  const { adminId } = await requireAdmin("views.change")
  return told(await setDefaultDeviceView(currentStore(), { adminId, viewId: viewId.nullable().parse(input) }))
}
