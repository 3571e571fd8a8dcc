"use client"

import { ArrowDownIcon, ArrowUpIcon, Trash2Icon, TriangleAlertIcon } from "lucide-react"
import { useId } from "react"
import { ScopeName } from "@/components/scope-name"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import { Card, CardContent } from "@/components/ui/card"
import { Field, FieldError, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Select } from "@/components/ui/select"
import { grantLengths, lengthInWords } from "@/lib/pairing/grant-length"
import { isDangerous } from "@/lib/pairing/scopes"
import { type GrantTemplate, longestTemplateName, type TemplateProblem, widestOf } from "@/lib/pairing/templates"
import { TemplateScopes } from "./template-scopes"

/** One template: its name, what it gives at most, for how long, and its place among the others. */
export function TemplateCard({
  template,
  problems,
  onChange,
  onUp,
  onDown,
  onDelete,
}: {
  template: GrantTemplate
  problems: readonly TemplateProblem[]
  onChange: (template: GrantTemplate) => void
  onUp: (() => void) | null
  onDown: (() => void) | null
  onDelete: () => void
}) {
  const id = useId()
  const { name, role, scopes, forMs } = template
  const called = name.trim() === "" ? "the new template" : name
  const lengths = forMs === null || grantLengths.includes(forMs) ? grantLengths : [forMs, ...grantLengths]
  return (
    <li>
      <Card role="group" aria-label={`Template ${called}`}>
        <CardContent className="grid gap-4 pt-4">
          <div className="flex flex-wrap items-end gap-3">
            <Field className="min-w-0 flex-1 basis-40">
              <Label htmlFor={`${id}name`}>Name</Label>
              <Input
                id={`${id}name`}
                value={name}
                maxLength={longestTemplateName}
                aria-invalid={problems.length > 0}
                aria-describedby={`${id}problems`}
                onChange={(event) => onChange({ ...template, name: event.target.value })}
              />
            </Field>
            <Select
              aria-label="Role"
              value={role}
              onValueChange={(value) =>
                onChange({ ...template, role: value === "node" ? "node" : "operator", scopes: [] })
              }
            >
              <option value="operator">Operators</option>
              <option value="node">Nodes</option>
            </Select>
            <Select
              aria-label="For how long"
              value={String(forMs)}
              onValueChange={(value) => onChange({ ...template, forMs: value === "null" ? null : Number(value) })}
            >
              <option value="null">For good</option>
              {lengths.map((ms) => (
                <option key={ms} value={ms}>
                  {lengthInWords(ms)}
                </option>
              ))}
            </Select>
            <span className="flex gap-1">
              <Button size="icon" disabled={onUp === null} onClick={() => onUp?.()}>
                <ArrowUpIcon aria-hidden />
                <span className="sr-only">Move {called} up</span>
              </Button>
              <Button size="icon" disabled={onDown === null} onClick={() => onDown?.()}>
                <ArrowDownIcon aria-hidden />
                <span className="sr-only">Move {called} down</span>
              </Button>
              <Button size="icon" variant="danger" onClick={onDelete}>
                <Trash2Icon aria-hidden />
                <span className="sr-only">Delete {called}</span>
              </Button>
            </span>
          </div>
          <Widest template={template} />
          <TemplateScopes
            key={role}
            role={role}
            scopes={scopes}
            onChange={(chosen) => onChange({ ...template, scopes: chosen })}
          />
          <div id={`${id}problems`} className="empty:hidden">
            {problems.map(({ text }) => (
              <FieldError key={text}>{text}</FieldError>
            ))}
          </div>
        </CardContent>
      </Card>
    </li>
  )
}

function Widest({ template: { scopes, role } }: { template: GrantTemplate }) {
  const widest = widestOf(scopes)
  if (widest === null) {
    return (
      <p className="text-sm text-ink-3">
        {role === "node"
          ? "The role alone, without scopes."
          : "It grants no scopes: the device may connect, and no more."}
      </p>
    )
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
      Widest scope: <ScopeName scope={widest} />
      {isDangerous(widest) && (
        <Badge tone="danger">
          <TriangleAlertIcon aria-hidden />
          {widest === "operator.admin" ? "everything" : "dangerous"}
        </Badge>
      )}
    </p>
  )
}
