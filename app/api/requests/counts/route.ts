import { answer } from "@/app/api/answer"
import { loadWaitingCounts } from "@/lib/console/requests"

export async function GET(request: Request) {
  return answer(request, "requests.see", loadWaitingCounts)
}
