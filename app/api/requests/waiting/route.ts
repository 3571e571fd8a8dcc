import { answer } from "@/app/api/answer"
import { loadWaitingRequests } from "@/lib/console/requests"

/** Those of some requests that still wait, for a list that knows the rest. An address bounds how many it names. */
export async function GET(request: Request) {
  const ids = new URL(request.url).searchParams.getAll("id")
  return answer(request, "requests.see", () => loadWaitingRequests(ids))
}
