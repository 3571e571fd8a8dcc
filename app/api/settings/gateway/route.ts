import { answer } from "@/app/api/answer"
import { loadGateway } from "@/lib/console/settings"

export async function GET(request: Request) {
  return answer(request, "settings.see", loadGateway)
}
