import { answer } from "@/app/api/answer"
import { parseCursor } from "@/lib/console/audit-rows"
import { loadEndedRequests } from "@/lib/console/requests"

export async function GET(request: Request) {
  const from = parseCursor(new URL(request.url).searchParams.get("from"))
  return answer(request, "requests.see", () => loadEndedRequests(from))
}
