import type { Metadata } from "next"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { requireAdmin } from "@/lib/auth/admin"
import { deviceFilterToQuery } from "@/lib/console/device-filter"
import { loadDeviceFacets, loadDevices } from "@/lib/console/devices"
import { parseDeviceFilter, type SearchParams } from "@/lib/console/parse-device-filter"
import { allowedOn } from "./[deviceId]/allowed"
import { DeviceListPage } from "./device-list-page"
import { deviceFacetsQuery, devicesQuery } from "./query"

export const metadata: Metadata = { title: "Devices" }

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const admin = await requireAdmin("devices.see")
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
        <DeviceListPage filter={filter} allowed={allowedOn(admin.role)} />
      </PageBody>
    </Seeded>
  )
}
