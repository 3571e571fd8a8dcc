import { admitAdmin } from "@/lib/auth/admin"
import { deviceCsvLine, deviceFileName, devicesCsvHeader } from "@/lib/console/device-export"
import { exportDevices } from "@/lib/console/devices"
import { parseDeviceFilter, readSearchParams } from "@/lib/console/parse-device-filter"
import { now } from "@/lib/store/instance"
import { streamOf } from "../../stream-of"

export async function GET(request: Request) {
  const gate = await admitAdmin(request, "devices.export")
  if (!gate.ok) return gate.response
  const filter = parseDeviceFilter(readSearchParams(new URL(request.url).searchParams))
  return new Response(streamOf(devicesCsvHeader, await exportDevices(filter), deviceCsvLine), {
    headers: {
      "cache-control": "no-store",
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${deviceFileName(filter, now())}"`,
    },
  })
}
