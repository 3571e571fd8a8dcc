import { Instant } from "@/components/time-ago"
import { Notice } from "@/components/ui/notice"
import { refusalSentences } from "@/lib/pairing/explain"
import type { Refused } from "./use-decision"

/** Why a decision was refused; of a request that had ended, how, by whom and when. */
export function RefusedWords({ refused }: { refused: Refused }) {
  if (refused.because === "unreachable") return "The server did not answer, so it is not known whether this was done."
  return (
    <>
      {refused.end?.status === "expired" ? "Its time was over." : refusalSentences[refused.because]}
      {refused.end !== null && (
        <>
          {" "}
          It was {refused.end.status} by {refused.end.byName} at <Instant atMs={refused.end.atMs} style="time" />.
        </>
      )}
    </>
  )
}

/** Why a decision did not come about. */
export function RefusedNotice({ refused }: { refused: Refused }) {
  return (
    <Notice tone={refused.because === "already-resolved" ? "warn" : "danger"} live>
      <RefusedWords refused={refused} />{" "}
      {refused.because === "unreachable"
        ? "What stands here is what it said last."
        : refused.because !== "request-changed" && "Nothing was changed by you."}
    </Notice>
  )
}
