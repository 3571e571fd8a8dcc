"use client"

import { useQuery } from "@tanstack/react-query"
import { TriangleAlertIcon } from "lucide-react"
import { useState } from "react"
import { forGood } from "@/components/grant-length-field"
import { shortScope } from "@/components/scope-name"
import { templatesQuery } from "@/components/templates-query"
import type { RequestView, Waiting } from "@/lib/console/request-types"
import { type GrantLength, lengthInWords } from "@/lib/pairing/grant-length"
import { isDangerous } from "@/lib/pairing/scopes"
import { chosenBy, type GrantTemplate, templateOf, widestOf } from "@/lib/pairing/templates"
import type { Scopes } from "@/lib/pairing/types"

const lengthOf = ({ forMs }: GrantTemplate): GrantLength => (forMs === null ? forGood : { kind: "for", ms: forMs })

function isSameLength(one: GrantLength | null, other: GrantLength): boolean {
  if (one === null || one.kind !== other.kind) return false
  return one.kind !== "for" || other.kind !== "for" || one.ms === other.ms
}

/** Choices that are made often, by name: each ticks what it covers of what is asked, and says for how long. */
export function TemplateChoice({
  request,
  state,
  chosen,
  length,
  choose,
  disabled,
}: {
  request: RequestView
  state: Waiting
  chosen: Scopes
  length: GrantLength | null
  choose: (chosen: Scopes, length: GrantLength) => void
  disabled: boolean
}) {
  const { data } = useQuery(templatesQuery())
  const [pressedId, setPressedId] = useState<string | null>(null)
  const templates = data?.templates.filter((template) => template.role === request.role) ?? []
  if (templates.length === 0) return null
  const ofThatLength = templates.filter((template) => isSameLength(length, lengthOf(template)))
  const on = templateOf(ofThatLength, { asked: state.scopes, chosen, pressedId })
  return (
    <fieldset className="mb-3 flex flex-wrap items-center gap-1.5" disabled={disabled}>
      <legend className="float-left mr-1 text-sm text-ink-3">Template</legend>
      {templates.map((template) => {
        const picks = chosenBy(template, state.scopes)
        return (
          <button
            key={template.templateId}
            type="button"
            aria-pressed={template === on}
            title={picks.length === 0 ? "Grants none of the new scopes" : `Grants ${picks.join(", ")}`}
            onClick={() => {
              setPressedId(template.templateId)
              choose(picks, lengthOf(template))
            }}
            className="inline-flex items-center gap-1.5 rounded-full border border-line bg-panel px-3 py-0.5 text-sm text-ink-2 transition-colors hover:bg-hover disabled:opacity-55 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-10"
          >
            {template.name}
            <Widest template={template} />
          </button>
        )
      })}
    </fieldset>
  )
}

/** The widest scope that a template may give, and for how long. */
function Widest({ template }: { template: GrantTemplate }) {
  const widest = widestOf(template.scopes)
  if (widest === null && template.forMs === null) return null
  return (
    <span className="inline-flex items-center gap-1 text-xs font-normal text-ink-3">
      {widest !== null && isDangerous(widest) ? (
        <span className="inline-flex items-center gap-1 text-danger">
          <TriangleAlertIcon aria-hidden className="size-3" />
          {shortScope(widest)}
        </span>
      ) : (
        widest !== null && shortScope(widest)
      )}
      {template.forMs !== null && <span>{lengthInWords(template.forMs)}</span>}
    </span>
  )
}
