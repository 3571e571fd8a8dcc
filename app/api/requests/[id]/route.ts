import { answer } from "@/app/api/answer"
import { loadRequest } from "@/lib/console/requests"

/** The request, or null for an id that none has: an answer, not an error, so that nobody asks for it again. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return answer(request, "requests.see", () => loadRequest(id))
}
