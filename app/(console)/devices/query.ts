import { type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import { fetchJson } from "@/components/fetch-json"
import { soonIfFailed } from "@/components/soon-if-failed"
import type { DeviceEvents } from "@/lib/console/device-event-types"
import { atStart, type DeviceFilter, deviceFilterToQuery } from "@/lib/console/device-filter"
import type { BlockedKeys, DeviceFacets, DeviceList, DuplicatesView } from "@/lib/console/device-list-types"
import type { DeviceView } from "@/lib/console/device-types"
import type { WhyView } from "@/lib/console/why-types"

/** One page of the list; `query` is the filter as it stands in the URL. */
export function devicesQuery(query: string) {
  return queryOptions({
    queryKey: ["devices", query],
    queryFn: ({ signal }) => fetchJson<DeviceList>(`/api/devices?${query}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: soonIfFailed,
  })
}

/** What further choices would leave of a list, wherever in it one is. */
export function deviceFacetsQuery(filter: DeviceFilter) {
  const query = deviceFilterToQuery({ ...atStart(filter), sort: "name" })
  return queryOptions({
    queryKey: ["devices", "facets", query],
    queryFn: ({ signal }) => fetchJson<DeviceFacets>(`/api/devices/facets?${query}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: soonIfFailed,
  })
}

/** Blocked keys that the list does not have. */
export function blockedKeysQuery() {
  return queryOptions({
    queryKey: ["devices", "blocked-keys"],
    queryFn: ({ signal }) => fetchJson<BlockedKeys>("/api/devices/blocked-keys", signal),
    refetchInterval: soonIfFailed,
  })
}

/** The keys of the machine of a device. */
export function machineKeysQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["devices", "keys", deviceId],
    queryFn: ({ signal }) => fetchJson<DuplicatesView>(`/api/devices/${encodeURIComponent(deviceId)}/keys`, signal),
    refetchInterval: soonIfFailed,
  })
}

/** One device; null when nothing is known of it any more. */
export function deviceQuery(deviceId: string) {
  return queryOptions({
    queryKey: ["device", deviceId],
    queryFn: ({ signal }) => fetchJson<DeviceView | null>(`/api/devices/${encodeURIComponent(deviceId)}`, signal),
    refetchInterval: soonIfFailed,
  })
}

/** What happened to a device, page by page into the past. */
export function deviceEventsQuery(deviceId: string) {
  return infiniteQueryOptions<DeviceEvents, Error, InfiniteData<DeviceEvents>, readonly string[], string | null>({
    queryKey: ["device", deviceId, "events"],
    queryFn: ({ pageParam, signal }) => {
      const place = pageParam === null ? "" : `?from=${encodeURIComponent(pageParam)}`
      return fetchJson<DeviceEvents>(`/api/devices/${encodeURIComponent(deviceId)}/events${place}`, signal)
    },
    initialPageParam: null,
    refetchInterval: soonIfFailed,
    getNextPageParam: (page) => page.next,
  })
}

/** Why a device can or cannot do something, now or at an instant. */
export function whyQuery(deviceId: string, { about, atMs }: { about: string; atMs: number | null }) {
  return queryOptions({
    queryKey: ["device", deviceId, "why", about, atMs],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ about, ...(atMs !== null && { at: String(atMs) }) })
      return fetchJson<WhyView>(`/api/devices/${encodeURIComponent(deviceId)}/why?${query}`, signal)
    },
    enabled: about !== "",
    refetchInterval: soonIfFailed,
  })
}
