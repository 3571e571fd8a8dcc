import { loadDuplicates } from "@/lib/console/devices"
import { answer } from "../../../answer"

type Context = { params: Promise<{ deviceId: string }> }

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deviceId } = await params
  return answer(request, "devices.see", () => loadDuplicates(deviceId))
}
