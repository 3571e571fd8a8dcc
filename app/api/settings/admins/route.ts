import { answer } from "@/app/api/answer"
import { loadAdmins } from "@/lib/console/settings"

export async function GET(request: Request) {
  return answer(request, "admins.see", loadAdmins)
}
