import { answer } from "@/app/api/answer"
import { loadAuditNews } from "@/lib/console/audit"
import { parseAuditFilter } from "@/lib/console/audit-filter"
import { parseCursor } from "@/lib/console/audit-rows"

export async function GET(request: Request) {
  const query = new URL(request.url).searchParams
  const unsealed = (query.get("unsealed") ?? "").split(" ").filter((id) => id !== "")
  return answer(request, "audit.see", () =>
    loadAuditNews(
      parseAuditFilter(Object.fromEntries(query)),
      parseCursor(query.get("newest")),
      unsealed.slice(0, 100),
    ),
  )
}
