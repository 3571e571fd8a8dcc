import { answer } from "@/app/api/answer"
import { loadSharedToken } from "@/lib/console/settings"

export async function GET(request: Request) {
  return answer(request, "secret.see", loadSharedToken)
}
