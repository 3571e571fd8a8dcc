import { parseCursor } from "@/lib/console/audit-rows"
import { loadDeviceEvents } from "@/lib/console/device-events"
import { answer } from "../../../answer"

type Context = { params: Promise<{ deviceId: string }> }

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deviceId } = await params
  const from = parseCursor(new URL(request.url).searchParams.get("from"))
  return answer(request, "devices.see", () => loadDeviceEvents(deviceId, from))
}
