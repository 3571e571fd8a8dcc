import { answer } from "@/app/api/answer"
import { loadShell } from "@/lib/console/shell"

export async function GET(request: Request) {
  return answer(request, "gateway.see", loadShell)
}
