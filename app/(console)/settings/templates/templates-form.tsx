"use client"

import { useQueryClient } from "@tanstack/react-query"
import { PlusIcon } from "lucide-react"
import { useState } from "react"
import { templatesQuery } from "@/components/templates-query"
import { showToast } from "@/components/toast"
import { Button } from "@/components/ui/button"
import { Empty, EmptyDescription, EmptyTitle } from "@/components/ui/empty"
import { Notice } from "@/components/ui/notice"
import { useCommand } from "@/components/use-command"
import type { TemplatesNow } from "@/lib/console/types"
import { type GrantTemplate, mostTemplates, templateProblems } from "@/lib/pairing/templates"
import { SaveBar } from "../limits/save-bar"
import { saveTemplatesAction } from "./actions"
import { TemplateCard } from "./template-card"

type Draft = { readonly templates: readonly GrantTemplate[]; readonly shownAtMs: number | null }

/** All templates in their order; they are saved together, and only over what was shown. */
export function TemplatesForm({ now }: { now: TemplatesNow }) {
  const queries = useQueryClient()
  const [isBusy, run] = useCommand()
  const [typed, setDraft] = useState<Draft | null>(null)
  const shownAtMs = now.changed?.atMs ?? null
  const draft = typed ?? { templates: now.templates, shownAtMs }
  const { templates } = draft
  const isOutdated = typed !== null && typed.shownAtMs !== shownAtMs
  const problems = templateProblems(templates)
  const changes = countChanges(now.templates, templates)

  const set = (next: readonly GrantTemplate[]) => setDraft({ templates: next, shownAtMs: draft.shownAtMs })
  const change = (index: number, template: GrantTemplate) => set(templates.with(index, template))
  const move = (index: number, step: 1 | -1) => {
    const moved = templates[index]
    if (moved !== undefined) set(templates.toSpliced(index, 1).toSpliced(index + step, 0, moved))
  }
  const add = () => {
    const fresh = { name: "", role: "operator", scopes: ["operator.read"], forMs: null } as const
    set([...templates, { templateId: crypto.randomUUID(), ...fresh }])
  }
  const save = () =>
    run(async () => {
      const named = templates.map((template) => ({
        ...template,
        name: template.name.trim(),
        scopes: [...template.scopes],
      }))
      const result = await saveTemplatesAction({ templates: named, shownAtMs: draft.shownAtMs })
      await queries.invalidateQueries({ queryKey: templatesQuery().queryKey })
      if (!result.ok && result.because !== "nothing-to-change") {
        return showToast("danger", "Nothing was saved: look at what is marked, or at what others changed meanwhile.")
      }
      showToast("ok", "These templates are offered from now on.")
      setDraft(null)
    })

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {isOutdated && (
        <Notice tone="warn" live>
          {now.changed?.by ?? "Somebody"} changed the templates while you did. Discard to see them.
        </Notice>
      )}
      {templates.length === 0 && (
        <Empty>
          <EmptyTitle>No templates</EmptyTitle>
          <EmptyDescription>Requests offer none; their scopes are ticked one by one.</EmptyDescription>
        </Empty>
      )}
      <ul aria-label="Templates" className="grid gap-4">
        {templates.map((template, index) => (
          <TemplateCard
            key={template.templateId}
            template={template}
            problems={problems.filter((problem) => problem.templateId === template.templateId)}
            onChange={(changed) => change(index, changed)}
            onUp={index === 0 ? null : () => move(index, -1)}
            onDown={index === templates.length - 1 ? null : () => move(index, 1)}
            onDelete={() => set(templates.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <Button className="w-fit" disabled={templates.length >= mostTemplates} onClick={add}>
        <PlusIcon aria-hidden />
        Add a template
      </Button>
      <SaveBar isTyped={typed !== null} changes={changes} mistakes={problems.length} changed={now.changed}>
        <Button disabled={typed === null || isBusy} onClick={() => setDraft(null)}>
          Discard
        </Button>
        <Button type="submit" variant="primary" disabled={changes === 0 || problems.length > 0 || isOutdated || isBusy}>
          {isBusy ? "Saving …" : "Save"}
        </Button>
      </SaveBar>
    </form>
  )
}

/** How many templates are new, gone, changed, or stand in another place. */
function countChanges(before: readonly GrantTemplate[], after: readonly GrantTemplate[]): number {
  const text = (template: GrantTemplate | undefined) => JSON.stringify(template)
  const ids = new Set([...before, ...after].map((template) => template.templateId))
  const own = [...ids].filter((id) => {
    const is = (template: GrantTemplate) => template.templateId === id
    return text(before.find(is)) !== text(after.find(is))
  }).length
  const order = (list: readonly GrantTemplate[], other: readonly GrantTemplate[]) =>
    list.map((template) => template.templateId).filter((id) => other.some((template) => template.templateId === id))
  const isMoved = order(before, after).join() !== order(after, before).join()
  return own + (isMoved ? 1 : 0)
}
