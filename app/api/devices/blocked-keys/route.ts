import { loadBlockedKeys } from "@/lib/console/blocked-keys"
import { answer } from "../../answer"

export function GET(request: Request): Promise<Response> {
  return answer(request, "devices.see", () => loadBlockedKeys())
}
