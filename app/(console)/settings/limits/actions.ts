"use server"

import { revalidatePath } from "next/cache"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { currentStore, now } from "@/lib/store/instance"
import { changeSettings } from "@/lib/store/settings"
import { type SettingKey, settingsSchema } from "@/lib/store/settings-schema"

const changed = z.partialRecord(settingsSchema.keyof(), z.string())

export async function changeSettingsAction(input: Partial<Record<SettingKey, string>>) {
  const admin = await requireAdmin("settings.change")
  const changes = changed.parse(input)
  const result = await changeSettings(currentStore(), { changes, actor: actorOf(admin), nowMs: now() })
  if (result.ok) revalidatePath("/settings/limits")
  return result
}
