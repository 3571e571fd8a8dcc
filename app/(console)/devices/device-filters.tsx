"use client"

import { SlidersHorizontalIcon } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { approvedViaChoices, atStart, type DeviceFilter, deviceSorts, unseenChoices } from "@/lib/console/device-filter"
import type { DeviceFacets } from "@/lib/console/device-list-types"
import { platformKinds } from "@/lib/pairing/platform-kind"
import { Choice, type ChoiceOption } from "./choice"
import { approvedViaWords, countInWords, platformWords, sortWords } from "./device-words"
import { MarkToggles } from "./mark-toggles"
import { SearchField } from "./search-field"

const everything = "all"

type Show = (filter: DeviceFilter, how?: "push" | "replace") => void

/** What narrows the list. Every choice goes into the URL at once, and the list begins anew. */
export function DeviceFilters({
  filter,
  facets,
  knownScopes,
  knownTags,
  onChange,
}: {
  filter: DeviceFilter
  facets: DeviceFacets
  knownScopes: readonly string[]
  knownTags: readonly string[]
  onChange: Show
}) {
  const [isOpen, setOpen] = useState(false)
  const show = (change: Partial<DeviceFilter>, how?: "push" | "replace") =>
    onChange({ ...atStart(filter), ...change }, how)
  const { role, scope, via, platform, unseenDays, tag } = filter
  const chosen = [role, scope, via, platform, unseenDays, tag].filter((value) => value !== null).length

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
          className="hidden w-full flex-wrap gap-2 max-sm:grid-cols-2 max-sm:data-[open=true]:grid sm:data-[open=true]:flex @4xl:flex @4xl:w-auto"
        >
          <Choice
            label="Role"
            value={filter.role ?? everything}
            options={[
              [everything, "Any role"],
              counted(facets, "role", "operator", "Operators"),
              counted(facets, "role", "node", "Nodes"),
            ]}
            onChoose={(value) => show({ role: value === "operator" || value === "node" ? value : null })}
          />
          <Choice
            label="Scope"
            value={filter.scope ?? everything}
            options={[
              [everything, "Any scope"],
              ...withChosen(knownScopes, filter.scope).map((scope) => counted(facets, "scope", scope, scope)),
            ]}
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
          {(knownTags.length > 0 || filter.tag !== null) && (
            <Choice
              label="Tag"
              value={filter.tag ?? everything}
              options={[
                [everything, "Any tag"],
                ...withChosen(knownTags, filter.tag).map((tag) => counted(facets, "tag", tag, tag)),
              ]}
              onChoose={(value) => show({ tag: value === everything ? null : value })}
            />
          )}
          <Choice
            label="How approved"
            value={filter.via ?? everything}
            options={[
              [everything, "Any approval"],
              ...approvedViaChoices.map((via) => counted(facets, "via", via, approvedViaWords[via])),
            ]}
            onChoose={(value) => show({ via: approvedViaChoices.find((via) => via === value) ?? null })}
          />
          <Choice
            label="Platform"
            value={filter.platform ?? everything}
            options={[
              [everything, "Any platform"],
              ...platformKinds.map((kind) => counted(facets, "platform", kind, platformWords[kind])),
            ]}
            onChoose={(value) => show({ platform: platformKinds.find((kind) => kind === value) ?? null })}
          />
          <Choice
            label="Last seen"
            value={filter.unseenDays === null ? everything : String(filter.unseenDays)}
            options={[[everything, "Seen any time"], ...unseenOptions(facets, filter.unseenDays)]}
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
      <MarkToggles filter={filter} facets={facets} onChange={show} />
    </search>
  )
}

/** A choice with the number that it would leave, where that is known. */
function counted(facets: DeviceFacets, group: string, value: string, words: string): ChoiceOption {
  const count = facets[`${group}:${value}`]
  return count ? [value, words, countInWords(count)] : [value, words]
}

function withChosen(known: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || known.includes(chosen) ? known : [...known, chosen]
}

function unseenOptions(facets: DeviceFacets, chosen: number | null): readonly ChoiceOption[] {
  const days = [...new Set([...unseenChoices, ...(chosen === null ? [] : [chosen])])].toSorted((a, b) => a - b)
  return days.map((count) =>
    counted(facets, "unseen", String(count), count === 365 ? "Unseen for a year" : `Unseen for ${count} days`),
  )
}
