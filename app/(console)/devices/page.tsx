import type { Metadata } from "next"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { deviceFilterToQuery } from "@/lib/console/device-filter"
import { loadDeviceFacets, loadDevices } from "@/lib/console/devices"
import { parseDeviceFilter, type SearchParams } from "@/lib/console/parse-device-filter"
import { DeviceListPage } from "./device-list-page"
import { deviceFacetsQuery, devicesQuery } from "./query"

export const metadata: Metadata = { title: "Devices" }

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filter = parseDeviceFilter(await searchParams)
  const [list, facets] = await Promise.all([loadDevices(filter), loadDeviceFacets(filter)])
  return (
    <Seeded
      queries={[
        { queryKey: devicesQuery(deviceFilterToQuery(filter)).queryKey, data: list },
        { queryKey: deviceFacetsQuery(filter).queryKey, data: facets },
      ]}
    >
      <PageBody>
        <DeviceListPage filter={filter} />
      </PageBody>
    </Seeded>
  )
}
