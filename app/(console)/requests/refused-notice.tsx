import { Instant } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"
import { refusalSentences } from "@/lib/pairing/explain"
import type { Refused } from "./use-decision"

/** Why a decision did not come about. */
export function RefusedNotice({ refused }: { refused: Refused }) {
  if (refused.because === "unreachable") {
    return (
      <Notice tone="danger" live>
        The server did not answer, so it is not known whether this was done. What stands here is what it said last.
      </Notice>
    )
  }
  return (
    <Notice tone={refused.because === "already-resolved" ? "warn" : "danger"} live>
      {refused.end?.status === "expired" ? "Its time was over." : refusalSentences[refused.because]}
      {refused.end !== null && (
        <>
          {" "}
          It was {refused.end.status} by {refused.end.byName} at <Instant atMs={refused.end.atMs} style="time" />.
        </>
      )}{" "}
      {refused.because !== "request-changed" && "Nothing was changed by you."}
    </Notice>
  )
}
