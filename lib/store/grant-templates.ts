import { z } from "zod"
import { defaultTemplates, type GrantTemplate } from "@/lib/pairing/templates"
import type { Store } from "./store"

/** The row of the settings that holds them. */
export const templatesKey = "grantTemplates"

/** The shape of templates from outside. What they may mean is `templateProblems`. */
export const templatesSchema = z
  .array(
    z.object({
      templateId: z.string().min(1).max(64),
      name: z.string().trim().max(100),
      role: z.enum(["operator", "node"]),
      scopes: z.array(z.string().max(128)).max(64),
      forMs: z.int().nullable(),
    }),
  )
  .max(50)

export type TemplatesNow = {
  readonly templates: readonly GrantTemplate[]
  /** Who changed them last; null as they were installed. */
  readonly changed: { readonly atMs: number; readonly by: string } | null
}

/** The templates in force. What an older or newer version wrote and this one does not accept counts as the default. */
export async function readTemplates(db: Pick<Store["db"], "setting">): Promise<TemplatesNow> {
  const row = await db.setting.findUnique({
    where: { key: templatesKey },
    select: { value: true, updatedAtMs: true, updatedBy: true },
  })
  if (row === null) return { templates: defaultTemplates, changed: null }
  const parsed = templatesSchema.safeParse(parseJson(row.value))
  const changed = { atMs: row.updatedAtMs, by: row.updatedBy }
  return { templates: parsed.success ? parsed.data : defaultTemplates, changed }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
