"use client"

import { SearchIcon, SlidersHorizontalIcon, XIcon } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import {
  approvedViaChoices,
  type DeviceFilter,
  type DeviceMark,
  deviceMarks,
  deviceSorts,
  isFiltered,
  unseenChoices,
} from "@/lib/console/device-filter"
import { Choice } from "./choice"
import { approvedViaWords, markWords, sortWords } from "./device-words"

/** Long enough to type a word in, short enough not to be waited for. */
const typingMs = 250

const everything = "all"

type Show = (filter: DeviceFilter, how?: "push" | "replace") => void

/** What narrows the list. Every choice goes into the URL at once, and the list begins anew. */
export function DeviceFilters({
  filter,
  knownScopes,
  onChange,
}: {
  filter: DeviceFilter
  knownScopes: readonly string[]
  onChange: Show
}) {
  const [isOpen, setOpen] = useState(false)
  const show = (change: Partial<DeviceFilter>, how?: "push" | "replace") =>
    onChange({ ...filter, ...change, after: null, before: null }, how)
  const chosen = [filter.role, filter.scope, filter.via, filter.unseenDays].filter((value) => value !== null).length

  return (
    <search aria-label="Devices" className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <SearchField value={filter.q} onSearch={(q) => show({ q }, filter.q === "" ? "push" : "replace")} />
        <Button
          className="@4xl:hidden"
          aria-expanded={isOpen}
          aria-controls="device-choices"
          onClick={() => setOpen(!isOpen)}
        >
          <SlidersHorizontalIcon aria-hidden />
          Filters{chosen > 0 && <span className="tabular-nums"> ({chosen})</span>}
        </Button>
        <div
          id="device-choices"
          data-open={isOpen}
          className="hidden w-full flex-wrap gap-2 data-[open=true]:flex @4xl:flex @4xl:w-auto"
        >
          <Choice
            label="Role"
            value={filter.role ?? everything}
            options={[
              [everything, "Any role"],
              ["operator", "Operators"],
              ["node", "Nodes"],
            ]}
            onChoose={(value) => show({ role: value === "operator" || value === "node" ? value : null })}
          />
          <Choice
            label="Scope"
            value={filter.scope ?? everything}
            options={[[everything, "Any scope"], ...scopeOptions(knownScopes, filter.scope)]}
            onChoose={(value) => show({ scope: value === everything ? null : value })}
          />
          {filter.scope !== null && (
            <Choice
              label="Where the scope is"
              value={filter.scopeIn}
              options={[
                ["approved", "approved"],
                ["current", "in the token"],
              ]}
              onChoose={(value) => show({ scopeIn: value === "current" ? "current" : "approved" })}
            />
          )}
          <Choice
            label="How approved"
            value={filter.via ?? everything}
            options={[
              [everything, "Approved any way"],
              ...approvedViaChoices.map((via) => [via, approvedViaWords[via]] as const),
            ]}
            onChoose={(value) => show({ via: approvedViaChoices.find((via) => via === value) ?? null })}
          />
          <Choice
            label="Last seen"
            value={filter.unseenDays === null ? everything : String(filter.unseenDays)}
            options={[[everything, "Seen any time"], ...unseenOptions(filter.unseenDays)]}
            onChoose={(value) => show({ unseenDays: value === everything ? null : Number(value) })}
          />
          <Choice
            className="@4xl:hidden"
            label="Order"
            value={filter.sort}
            options={deviceSorts.map((sort) => [sort, sortWords[sort]] as const)}
            onChoose={(value) => show({ sort: deviceSorts.find((sort) => sort === value) ?? "name" })}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {deviceMarks.map((mark) => (
          <MarkToggle
            key={mark}
            mark={mark}
            isOn={filter.marks.includes(mark)}
            onToggle={(isOn) =>
              show({ marks: deviceMarks.filter((each) => (each === mark ? isOn : filter.marks.includes(each))) })
            }
          />
        ))}
        {isFiltered(filter) && (
          <Button variant="ghost" size="sm" onClick={() => show(noFilter)}>
            <XIcon aria-hidden />
            Clear
          </Button>
        )}
      </div>
    </search>
  )
}

const noFilter: Partial<DeviceFilter> = { q: "", role: null, scope: null, via: null, unseenDays: null, marks: [] }

function scopeOptions(known: readonly string[], chosen: string | null): (readonly [string, string])[] {
  const scopes = chosen === null || known.includes(chosen) ? known : [...known, chosen]
  return scopes.map((scope) => [scope, scope])
}

function unseenOptions(chosen: number | null): (readonly [string, string])[] {
  const days = [...new Set([...unseenChoices, ...(chosen === null ? [] : [chosen])])].toSorted((a, b) => a - b)
  return days.map((count) => [String(count), count === 365 ? "Unseen for a year" : `Unseen for ${count} days`])
}

function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const search = useRef(onSearch)
  useEffect(() => {
    search.current = onSearch
  })

  // Back and forward, and "clear", change what the field should say.
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])

  useEffect(() => {
    const q = typed.trim()
    if (q === sent.current) return
    const timer = setTimeout(() => {
      sent.current = q
      search.current(q)
    }, typingMs)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <div className="relative min-w-0 flex-1 basis-52 @4xl:max-w-xs">
      <SearchIcon
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
      />
      <Input
        type="search"
        aria-label="Search devices"
        placeholder="Name, address, fingerprint"
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className="bg-panel pl-8.5"
      />
    </div>
  )
}

function MarkToggle({ mark, isOn, onToggle }: { mark: DeviceMark; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  const { label, means } = markWords[mark]
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={means}
      onClick={() => onToggle(!isOn)}
      className="rounded-full border border-line bg-panel px-3 py-0.5 text-sm text-ink-2 transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-10"
    >
      {label}
    </button>
  )
}
