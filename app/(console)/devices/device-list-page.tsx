"use client"

import { useQuery } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { PageHeader, PageTitle } from "@/components/page-header"
import { Card } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import { PageLink, Pagination } from "@/components/ui/pagination"
import { Skeleton } from "@/components/ui/skeleton"
import { type DeviceFilter, deviceFilterToQuery, isFiltered } from "@/lib/console/device-filter"
import type { DeviceList } from "@/lib/console/device-types"
import { DeviceFilters } from "./device-filters"
import { DeviceTable } from "./device-table"
import { NoDevices } from "./no-devices"
import { devicesQuery } from "./query"

export function DeviceListPage({ filter }: { filter: DeviceFilter }) {
  const router = useRouter()
  const [isTurning, startTransition] = useTransition()
  const { data: list, isError } = useQuery(devicesQuery(deviceFilterToQuery(filter)))

  const show = (next: DeviceFilter, how: "push" | "replace" = "push") =>
    startTransition(() => router[how](hrefOf(next), { scroll: false }))

  return (
    <div className="@container grid min-w-0 gap-5">
      <PageHeader>
        <PageTitle>Devices</PageTitle>
        <p role="status" className="text-sm text-ink-3 tabular-nums">
          {list && countInWords(list.count, isFiltered(filter))}
        </p>
      </PageHeader>
      <DeviceFilters filter={filter} knownScopes={list?.knownScopes ?? []} onChange={show} />
      {isError && (
        <Notice tone="danger" live>
          {list ? "This list could not be renewed and may be out of date." : "The devices could not be loaded."} It is
          tried again by itself.
        </Notice>
      )}
      {list === undefined ? (
        !isError && <Skeleton className="h-96 w-full" />
      ) : (
        <>
          <Card aria-busy={isTurning} className="transition-opacity aria-busy:opacity-60">
            {list.rows.length === 0 ? (
              <NoDevices filter={filter} />
            ) : (
              <DeviceTable rows={list.rows} filter={filter} onSort={(sort) => show({ ...atStart(filter), sort })} />
            )}
          </Card>
          {(list.previous !== null || list.next !== null) && <Pages filter={filter} list={list} />}
        </>
      )}
    </div>
  )
}

function Pages({ filter, list }: { filter: DeviceFilter; list: DeviceList }) {
  const at = (place: "before" | "after", cursor: string | null) => {
    if (cursor === null) return null
    const query = new URLSearchParams(deviceFilterToQuery(atStart(filter)))
    query.set(place, cursor)
    return `/devices?${query}`
  }
  return (
    <Pagination className="justify-end">
      <PageLink direction="previous" href={at("before", list.previous)}>
        Previous
      </PageLink>
      <PageLink direction="next" href={at("after", list.next)}>
        Next
      </PageLink>
    </Pagination>
  )
}

function atStart(filter: DeviceFilter): DeviceFilter {
  return { ...filter, after: null, before: null }
}

function hrefOf(filter: DeviceFilter): string {
  const query = deviceFilterToQuery(filter)
  return query === "" ? "/devices" : `/devices?${query}`
}

function countInWords({ value, more }: DeviceList["count"], isPart: boolean): string {
  const number = `${value.toLocaleString("en-GB").replace(",", " ")}${more ? "+" : ""}`
  return `${number} ${isPart ? (value === 1 && !more ? "matches" : "match") : "paired"}`
}
