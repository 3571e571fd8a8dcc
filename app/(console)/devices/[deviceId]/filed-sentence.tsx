import { formatDuration } from "@/components/format-time"
import { ScopeNames } from "@/components/scope-name"
import type { LoggedRequest } from "@/lib/console/device-event-types"
import type { AuditRow } from "@/lib/console/types"
import { explainLocality, manualReasonSentences } from "@/lib/pairing/explain"
import { RequestLink } from "./request-link"
import { listOf, textOf } from "./sides"

/** What was asked, why nobody but a person could decide it, and how often it was tried. */
export function FiledSentence({ entry, request }: { entry: AuditRow; request: LoggedRequest | null }) {
  const asked = listOf(entry.after, "scopes")
  const missing = listOf(entry.after, "missing")
  const role = textOf(entry, "role") ?? "operator"
  return (
    <>
      Asked for {asked.length === 0 ? `the role ${role}, without scopes` : <ScopeNames scopes={asked} max={6} />}
      {textOf(entry, "reason") === "role-upgrade" && ` as ${role}`}
      {missing.length > 0 && missing.length < asked.length && (
        <>
          , missing <ScopeNames scopes={missing} max={6} />
        </>
      )}
      . {request?.manual && manualReasonSentences[request.manual]}{" "}
      {request?.locality && <span className="text-ink-2">Observed: {explainLocality(request.locality)}.</span>}
      {request && (
        <>
          {request.tries > 1 && (
            <span className="ml-1.5 text-sm text-ink-3 tabular-nums">
              {request.tries} tries in {formatDuration(request.triedAtMs - request.filedAtMs)}
            </span>
          )}
          <RequestLink request={request}>{standing[request.status]}</RequestLink>
        </>
      )}
    </>
  )
}

const standing: Record<LoggedRequest["status"], string> = {
  pending: "still waiting",
  approved: "approved",
  rejected: "rejected",
  superseded: "replaced",
  expired: "expired",
  covered: "covered by a silent grant",
  dropped: "dropped",
}
