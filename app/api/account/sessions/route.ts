import { answer } from "@/app/api/answer"
import { loadSessions } from "@/lib/console/account"

export async function GET(request: Request) {
  return answer(request, "account.see", loadSessions)
}
