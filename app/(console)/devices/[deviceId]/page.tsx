import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { neutralise } from "@/components/neutralise"
import { PageBody } from "@/components/page-header"
import { Seeded } from "@/components/seeded"
import { requireAdmin } from "@/lib/auth/admin"
import { loadDevice } from "@/lib/console/device"
import { loadDeviceEvents } from "@/lib/console/device-events"
import { deviceEventsQuery, deviceQuery } from "../query"
import { allowedOn } from "./allowed"
import { DevicePage } from "./device-page"

type Props = { params: Promise<{ deviceId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const device = await loadDevice((await params).deviceId)
  return { title: neutralise(device?.name ?? null)?.text ?? "Device" }
}

export default async function Page({ params }: Props) {
  const { deviceId } = await params
  const admin = await requireAdmin("devices.see")
  const [device, events] = await Promise.all([loadDevice(deviceId), loadDeviceEvents(deviceId, null)])
  if (device === null) notFound()
  return (
    <Seeded
      queries={[
        { queryKey: deviceQuery(deviceId).queryKey, data: device },
        { queryKey: deviceEventsQuery(deviceId).queryKey, data: { pages: [events], pageParams: [null] } },
      ]}
    >
      <PageBody>
        <DevicePage deviceId={deviceId} allowed={allowedOn(admin.role)} />
      </PageBody>
    </Seeded>
  )
}
