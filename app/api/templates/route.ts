import { answer } from "@/app/api/answer"
import { loadTemplates } from "@/lib/console/templates"

export async function GET(request: Request) {
  return answer(request, "requests.see", loadTemplates)
}
