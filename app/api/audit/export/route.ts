import { auditText } from "@/components/audit-words"
import { admitAdmin } from "@/lib/auth/admin"
import { exportAudit } from "@/lib/console/audit"
import { csvHeader, csvLine, jsonLine } from "@/lib/console/audit-export"
import { parseAuditFilter } from "@/lib/console/audit-filter"
import { streamOf } from "../../stream-of"

const formats = {
  csv: { type: "text/csv; charset=utf-8", head: csvHeader, line: csvLine },
  jsonl: { type: "application/x-ndjson; charset=utf-8", head: "", line: jsonLine },
}

export async function GET(request: Request) {
  const gate = await admitAdmin(request, "audit.export")
  if (!gate.ok) return gate.response
  const query = new URL(request.url).searchParams
  const name = query.get("format") === "jsonl" ? "jsonl" : "csv"
  const { type, head, line } = formats[name]
  const { batches, devicesCutTo } = await exportAudit(parseAuditFilter(Object.fromEntries(query)))
  const day = new Date().toISOString().slice(0, 10)
  // A file goes places without its page, so its name says that it does not hold everything that was meant.
  const part = devicesCutTo === null ? "" : `-only-${devicesCutTo}-devices`
  return new Response(
    streamOf(head, batches, (row) => line(row, auditText(row))),
    {
      headers: {
        "cache-control": "no-store",
        "content-type": type,
        "content-disposition": `attachment; filename="gatehouse-audit-${day}${part}.${name}"`,
      },
    },
  )
}
