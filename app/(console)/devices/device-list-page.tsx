"use client"

import { useQuery } from "@tanstack/react-query"
import { DownloadIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useState, useTransition } from "react"
import { keepCookie } from "@/components/keep-cookie"
import { PageActions, PageHeader, PageTitle } from "@/components/page-header"
import { buttonVariants } from "@/components/ui/button"
import { Card } from "@/components/ui/card"
import { Notice } from "@/components/ui/notice"
import { PageLink, Pagination } from "@/components/ui/pagination"
import { Skeleton } from "@/components/ui/skeleton"
import { useSelection } from "@/components/use-selection"
import { atStart, type DeviceFilter, deviceFilterToQuery, isFiltered } from "@/lib/console/device-filter"
import type { DeviceList, DeviceListViews, DeviceRow } from "@/lib/console/device-list-types"
import type { Allowed } from "./[deviceId]/allowed"
import { BulkBar } from "./bulk-bar"
import { DeviceFilters } from "./device-filters"
import { DeviceTable } from "./device-table"
import { countInWords } from "./device-words"
import { type ListLook, lookCookie, lookToText } from "./list-look"
import { LookMenu } from "./look-menu"
import { NoDevices } from "./no-devices"
import { deviceFacetsQuery, devicesQuery } from "./query"
import { everythingHref, ViewBar } from "./views/view-bar"

const idOf = ({ deviceId }: DeviceRow) => deviceId

export function DeviceListPage({
  filter,
  allowed,
  keptLook,
  views,
}: {
  filter: DeviceFilter
  allowed: Allowed
  keptLook: ListLook
  views: DeviceListViews
}) {
  const router = useRouter()
  const [isTurning, startTransition] = useTransition()
  const { data: list, isError } = useQuery(devicesQuery(deviceFilterToQuery(filter)))

  const { data: facets } = useQuery(deviceFacetsQuery(filter))

  const [look, setLook] = useState(keptLook)
  const selection = useSelection(list?.rows ?? [], idOf)
  const canSelect = allowed.tag || allowed.rename || allowed.revoke || allowed.remove

  const show = (next: DeviceFilter, how: "push" | "replace" = "push") =>
    startTransition(() => router[how](hrefOf(next, views), { scroll: false }))

  return (
    <div className="@container grid min-w-0 gap-5">
      <PageHeader>
        <PageTitle>Devices</PageTitle>
        <p role="status" className="text-sm text-ink-3 tabular-nums">
          {list && countOf(list.count, isFiltered(filter))}
        </p>
        <PageActions>
          <LookMenu
            look={look}
            onChange={(next) => {
              setLook(next)
              keepCookie(lookCookie, lookToText(next))
            }}
          />
          <a
            href={`/api/devices/export?${deviceFilterToQuery(atStart(filter))}`}
            download
            title="Download these devices as a table"
            className={buttonVariants({ size: "sm" })}
          >
            <DownloadIcon aria-hidden />
            <span className="max-sm:sr-only">CSV</span>
          </a>
        </PageActions>
      </PageHeader>
      <ViewBar views={views} query={deviceFilterToQuery(atStart(filter))} />
      <DeviceFilters
        filter={filter}
        facets={facets ?? {}}
        knownScopes={list?.knownScopes ?? []}
        knownTags={list?.knownTags ?? []}
        onChange={show}
      />
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
            {canSelect && <BulkBar page={list.rows} selection={selection} allowed={allowed} />}
            {list.rows.length === 0 ? (
              <NoDevices filter={filter} />
            ) : (
              <DeviceTable
                rows={list.rows}
                filter={filter}
                look={look}
                selection={canSelect ? selection : null}
                onSort={(sort) => show({ ...atStart(filter), sort })}
              />
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

function hrefOf(filter: DeviceFilter, { views }: DeviceListViews): string {
  const query = deviceFilterToQuery(filter)
  if (query !== "") return `/devices?${query}`
  return views.some(({ isDefault }) => isDefault) ? everythingHref : "/devices"
}

function countOf(count: DeviceList["count"], isPart: boolean): string {
  const found = count.value === 1 && !count.more ? "match" : "matches"
  return `${countInWords(count)} ${isPart ? found : "paired"}`
}
