import Link from "next/link"
import { OutcomeList } from "@/components/outcome-list"
import type { BulkSummary } from "@/lib/console/bulk-types"
import { leftOutOfRejection } from "@/lib/pairing/bulk"
import { inboxHref, openRequest } from "../inbox-link"
import { RefusedWords } from "../refused-notice"
import { RequestName } from "../request-name"
import type { RequestOutcome } from "./actions"
import { leftOutInWords } from "./left-out-words"

const wayBack = {
  approved: "What was approved can be undone for 15 minutes, each on its own page, to which its name leads.",
  rejected:
    "What was rejected can be reopened while its device still asks, each on its own page, to which its name leads.",
} as const

/** What became of each of several requests, and the way to it. */
export function RequestOutcomes({
  outcomes,
  summary,
  verdict,
  onClose,
}: {
  outcomes: readonly RequestOutcome[]
  summary: BulkSummary
  verdict: keyof typeof wayBack
  onClose: () => void
}) {
  const rows = new Map(summary.waiting.map((row) => [row.requestId, row]))
  const decided = new Set(outcomes.map(({ requestId }) => requestId))
  const nameOf = (requestId: string) => (
    <Link
      href={inboxHref(requestId)}
      prefetch={false}
      onClick={(event) => {
        event.preventDefault()
        openRequest(requestId)
        onClose()
      }}
      className="text-accent underline-offset-3 hover:underline"
    >
      <RequestName label={rows.get(requestId)?.label ?? null} displayName={rows.get(requestId)?.displayName ?? null} />
    </Link>
  )
  return (
    <OutcomeList
      outcomes={outcomes.map(({ requestId, result }) => ({
        id: requestId,
        name: nameOf(requestId),
        refused: result.ok ? null : <RefusedWords refused={result} />,
      }))}
      leftOut={summary.waiting
        .filter(({ requestId }) => !decided.has(requestId))
        .map((row) => ({
          id: row.requestId,
          name: nameOf(row.requestId),
          why: (verdict === "approved" ? row.leftOut : leftOutOfRejection(row.leftOut))
            .map((because) => leftOutInWords(row, because))
            .join(" "),
        }))}
      label="What became of each request"
      done={verdict}
      about={wayBack[verdict]}
      onClose={onClose}
    />
  )
}
