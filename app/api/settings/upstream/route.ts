import { answer } from "@/app/api/answer"
import { loadUpstreamFacts } from "@/lib/console/upstream"

export async function GET(request: Request) {
  return answer(request, "settings.see", loadUpstreamFacts)
}
