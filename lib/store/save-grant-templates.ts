import { lengthInWords } from "@/lib/pairing/grant-length"
import { type GrantTemplate, type TemplateProblem, templateProblems } from "@/lib/pairing/templates"
import type { Actor } from "./actor"
import { recordAudit } from "./audit"
import { readTemplates, templatesKey } from "./grant-templates"
import type { Store } from "./store"
import { inTransaction, lock } from "./transaction"

export type SaveTemplatesResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: "nothing-to-change" }
  /** Somebody changed them since they were shown. */
  | { readonly ok: false; readonly because: "already-resolved" }
  | { readonly ok: false; readonly because: "mistakes"; readonly problems: readonly TemplateProblem[] }

/** Replaces the templates that approving offers, all of them in their order, where nobody else did since they were shown. */
export async function saveGrantTemplates(
  store: Store,
  input: {
    readonly templates: readonly GrantTemplate[]
    /** When those that were shown had been changed; null as they were installed. */
    readonly shownAtMs: number | null
    readonly actor: Actor
    readonly nowMs: number
  },
): Promise<SaveTemplatesResult> {
  const { templates, shownAtMs, actor, nowMs } = input
  const problems = templateProblems(templates)
  if (problems.length > 0) return { ok: false, because: "mistakes", problems }
  return inTransaction<SaveTemplatesResult>(store, async (tx) => {
    await lock(tx, "settings")
    const before = await readTemplates(tx.db)
    if ((before.changed?.atMs ?? null) !== shownAtMs) return { ok: false, because: "already-resolved" }
    const value = JSON.stringify(templates.map(stored))
    if (value === JSON.stringify(before.templates.map(stored))) return { ok: false, because: "nothing-to-change" }
    // What was shown is known by its time, so no two versions may have the same.
    const updatedAtMs = Math.max(nowMs, (shownAtMs ?? 0) + 1)
    const row = { value, updatedAtMs, updatedBy: actor.name }
    await tx.db.setting.upsert({ where: { key: templatesKey }, create: { key: templatesKey, ...row }, update: row })
    await recordAudit(tx, {
      ...{ action: "templates.changed", actor, atMs: nowMs },
      before: { templates: before.templates.map(inWords) },
      after: { templates: templates.map(inWords) },
    })
    tx.announce({ kind: "settings" })
    return { ok: true }
  })
}

const stored = ({ templateId, name, role, scopes, forMs }: GrantTemplate) => ({ templateId, name, role, scopes, forMs })

function inWords({ name, role, scopes, forMs }: GrantTemplate): string {
  const time = forMs === null ? "" : ` for ${lengthInWords(forMs)}`
  return `${name}: ${role}${scopes.length === 0 ? "" : ` with ${scopes.join(" ")}`}${time}`
}
