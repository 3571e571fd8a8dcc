"use server"

import { revalidatePath } from "next/cache"
import { z } from "zod"
import { actorOf, requireAdmin } from "@/lib/auth/admin"
import { templatesSchema } from "@/lib/store/grant-templates"
import { currentStore, now } from "@/lib/store/instance"
import { saveGrantTemplates } from "@/lib/store/save-grant-templates"

const saved = z.object({ templates: templatesSchema, shownAtMs: z.number().nullable() })

export async function saveTemplatesAction(input: z.input<typeof saved>) {
  const admin = await requireAdmin("settings.change")
  const parsed = saved.parse(input)
  const result = await saveGrantTemplates(currentStore(), { ...parsed, actor: actorOf(admin), nowMs: now() })
  if (result.ok) revalidatePath("/settings/templates")
  return result
}
