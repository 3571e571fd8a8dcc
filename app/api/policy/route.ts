import { answer } from "@/app/api/answer"
import { loadPolicyVersion } from "@/lib/console/policy"

export async function GET(request: Request) {
  return answer(request, "policy.see", loadPolicyVersion)
}
