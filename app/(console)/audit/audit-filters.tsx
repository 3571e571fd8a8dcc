"use client"

import { XIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useId, useTransition } from "react"
import { actionNames } from "@/components/audit-words"
import { useClock } from "@/components/clock"
import { ruleNames } from "@/components/rule-names"
import { Button } from "@/components/ui/button"
import { Field, Label } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Select } from "@/components/ui/select"
import {
  type AuditFilter,
  auditRules,
  type FilteredAction,
  formatAuditFilter,
  isUnfiltered,
  parseAuditFilter,
} from "@/lib/console/audit-filter"
import type { AuditActors } from "@/lib/console/types"

const everything = "all"

const filterNames: Record<FilteredAction, string> = { ...actionNames, "approval.undone": "Approval undone" }

const kinds = [
  ["rule", "Rules (silent)"],
  ...auditRules.map((rule) => [`rule:${rule}`, `Rule: ${ruleNames[rule]}`] as const),
  ["device", "Devices"],
  ["wire", "Sessions on the wire"],
  ["system", "Gatehouse itself"],
] as const

/** What narrows the log. Every choice goes into the URL, and takes effect when it is made. */
export function AuditFilters({ filter, actors }: { filter: AuditFilter; actors: AuditActors }) {
  const router = useRouter()
  const [isLoading, startTransition] = useTransition()
  const show = (next: AuditFilter) => {
    const query = formatAuditFilter(next)
    if (query === formatAuditFilter(filter)) return
    startTransition(() => router.push(query === "" ? "/audit" : `/audit?${query}`))
  }
  const actor = filter.admin === null ? actorOf(filter) : `admin:${filter.admin}`

  return (
    <search aria-label="Entries" aria-busy={isLoading}>
      <form
        className="grid grid-cols-2 items-end gap-x-3 gap-y-2.5 sm:flex sm:flex-wrap"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          show({
            ...filter,
            device: parseAuditFilter({ device: String(form.get("device") ?? "") }).device,
            fromMs: startOfDay(form.get("from")),
            untilMs: startOfDay(form.get("until"), 1),
          })
        }}
        onBlur={(event) => {
          if (event.target instanceof HTMLInputElement) event.currentTarget.requestSubmit()
        }}
      >
        <Choice
          label="Who"
          value={actor}
          options={[
            [everything, "Everybody"],
            ...actors.map(({ id, name }) => [`admin:${id}`, name] as const),
            ...kinds,
          ]}
          onChoose={(value) => {
            const { admin, actorKind, rule } = parseAuditFilter({ actor: value })
            show({ ...filter, admin, actorKind, rule })
          }}
        />
        <Choice
          label="What"
          value={filter.action ?? everything}
          options={[[everything, "Everything"], ...Object.entries(filterNames)]}
          onChoose={(value) => show({ ...filter, action: parseAuditFilter({ action: value }).action })}
        />
        <Text key={filter.device} label="Device" name="device" placeholder="Name or id" value={filter.device ?? ""} />
        <Dates key={`${filter.fromMs} ${filter.untilMs}`} filter={filter} />
        {!isUnfiltered(filter) && (
          <Button
            variant="ghost"
            className="max-sm:col-span-2"
            onClick={() => startTransition(() => router.push("/audit"))}
          >
            <XIcon aria-hidden />
            Clear
          </Button>
        )}
      </form>
    </search>
  )
}

function actorOf({ rule, actorKind }: AuditFilter): string {
  return rule === null ? (actorKind ?? everything) : `rule:${rule}`
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}) {
  const id = useId()
  return (
    <Field className="min-w-0">
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} value={value} onValueChange={onChoose} className="sm:max-w-52">
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  )
}

function Text({
  label,
  name,
  value,
  placeholder,
}: {
  label: string
  name: string
  value: string
  placeholder: string
}) {
  const id = useId()
  return (
    <Field className="min-w-0 grow max-sm:col-span-2 sm:max-w-60">
      <Label htmlFor={id}>{label}</Label>
      <Input id={id} name={name} type="search" defaultValue={value} placeholder={placeholder} maxLength={200} />
    </Field>
  )
}

function Dates({ filter }: { filter: AuditFilter }) {
  const from = useClock(({ timeZone }) => dayOf(filter.fromMs, timeZone))
  const until = useClock(({ timeZone }) => dayOf(filter.untilMs === null ? null : filter.untilMs - 1, timeZone))
  const id = useId()
  return (
    <div className="contents sm:flex sm:gap-3">
      {(
        [
          ["From", "from", from],
          ["To", "until", until],
        ] as const
      ).map(([label, name, value]) => (
        <Field key={name} className="min-w-0">
          <Label htmlFor={`${id}${name}`}>{label}</Label>
          <Input key={value} id={`${id}${name}`} name={name} type="date" defaultValue={value} />
        </Field>
      ))}
    </div>
  )
}

function dayOf(atMs: number | null, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does, which is what a date field wants.
  return atMs === null ? "" : new Intl.DateTimeFormat("sv-SE", { timeZone }).format(atMs)
}

/** Midnight of a day, or of one after it; days are not all equally long. */
function startOfDay(day: FormDataEntryValue | null, later = 0): number | null {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + later)
  return Number.isFinite(date.getTime()) ? date.getTime() : null
}
