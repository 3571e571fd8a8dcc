import { loadDeviceFacets } from "@/lib/console/devices"
import { parseDeviceFilter, readSearchParams } from "@/lib/console/parse-device-filter"
import { answer } from "../../answer"

export function GET(request: Request): Promise<Response> {
  const filter = parseDeviceFilter(readSearchParams(new URL(request.url).searchParams))
  return answer(request, "devices.see", () => loadDeviceFacets(filter))
}
