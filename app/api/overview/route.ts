import { answer } from "@/app/api/answer"
import { loadOverview } from "@/lib/console/overview"
import { parsePeriod } from "@/lib/console/overview-types"

export function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const question = { period: parsePeriod(query.get("days")), allRotations: query.get("rotations") === "all" }
  return answer(request, "overview.see", () => loadOverview(question))
}
