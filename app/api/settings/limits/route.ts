import { answer } from "@/app/api/answer"
import { loadSettings } from "@/lib/console/settings"

export async function GET(request: Request) {
  return answer(request, "settings.see", loadSettings)
}
