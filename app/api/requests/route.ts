import { answer } from "@/app/api/answer"
import { loadRequestQueue } from "@/lib/console/requests"
import { parseReason } from "@/lib/console/requests-address"

export async function GET(request: Request) {
  const reason = parseReason(new URL(request.url).searchParams.get("reason"))
  return answer(request, "requests.see", () => loadRequestQueue(reason))
}
