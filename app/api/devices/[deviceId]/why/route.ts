import { z } from "zod"
import { loadWhy } from "@/lib/console/device-why"
import { answer } from "../../../answer"

type Context = { params: Promise<{ deviceId: string }> }

const query = z.object({
  about: z.string().trim().max(128).catch(""),
  at: z.coerce.number().int().nonnegative().nullable().catch(null),
})

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deviceId } = await params
  const search = new URL(request.url).searchParams
  const { about, at } = query.parse({ about: search.get("about") ?? "", at: search.get("at") })
  return answer(request, "devices.see", () => loadWhy(deviceId, about, at))
}
