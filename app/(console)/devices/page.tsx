import type { Metadata } from "next"
import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { requireAdmin } from "@/lib/auth/admin"
import { loadBlockedKeys } from "@/lib/console/blocked-keys"
import { deviceFilterToQuery, isAboutKeys } from "@/lib/console/device-filter"
import { loadDeviceViews } from "@/lib/console/device-views"
import { loadDeviceFacets, loadDevices } from "@/lib/console/devices"
import { parseDeviceFilter, type SearchParams } from "@/lib/console/parse-device-filter"
import { allowedOn } from "./[deviceId]/allowed"
import { BlockedKeys } from "./blocked-keys"
import { DeviceListPage } from "./device-list-page"
import { lookCookie, toLook } from "./list-look"
import { blockedKeysQuery, deviceFacetsQuery, devicesQuery } from "./query"

export const metadata: Metadata = { title: "Devices" }

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const admin = await requireAdmin("devices.see")
  const [params, views] = await Promise.all([searchParams, loadDeviceViews()])
  const opening = views.views.find(({ isDefault }) => isDefault)
  if (Object.keys(params).length === 0 && opening && opening.query !== "") redirect(`/devices?${opening.query}`)
  const filter = parseDeviceFilter(params)
  const [list, facets, blocked, jar] = await Promise.all([
    loadDevices(filter),
    loadDeviceFacets(filter),
    loadBlockedKeys(),
    cookies(),
  ])
  return (
    <Seeded
      queries={[
        { queryKey: devicesQuery(deviceFilterToQuery(filter)).queryKey, data: list },
        { queryKey: deviceFacetsQuery(filter).queryKey, data: facets },
        { queryKey: blockedKeysQuery().queryKey, data: blocked },
      ]}
    >
      <PageBody className="max-w-screen-2xl">
        <DeviceListPage
          filter={filter}
          allowed={allowedOn(admin.role)}
          keptLook={toLook(jar.get(lookCookie)?.value)}
          views={views}
        />
        {isAboutKeys(filter) && <BlockedKeys />}
      </PageBody>
    </Seeded>
  )
}
