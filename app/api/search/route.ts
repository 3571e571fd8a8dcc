import { loadFound } from "@/lib/console/search"
import { answer } from "../answer"

export function GET(request: Request): Promise<Response> {
  const text = new URL(request.url).searchParams.get("q") ?? ""
  return answer(request, "devices.see", () => loadFound(text))
}
