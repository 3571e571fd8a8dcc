"use client"

import { useState } from "react"
import { LockoutQuestion } from "@/components/lockout-question"
import { Instant } from "@/components/time-ago"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { refusalSentences } from "@/lib/pairing/explain"
import type { LockoutLoss } from "@/lib/pairing/types"
import type { Refused, useDecision } from "./use-decision"

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
export function RefusedNotice({
  decision: { refused, again, isPending },
}: {
  decision: ReturnType<typeof useDecision>
}) {
  if (refused === null) return null
  if (refused.losses) return <LockedOut losses={refused.losses} again={again} isPending={isPending} />
  return (
    <Notice tone={refused.because === "already-resolved" ? "warn" : "danger"} live>
      <RefusedWords refused={refused} />{" "}
      {refused.because === "unreachable"
        ? "What stands here is what it said last."
        : refused.because !== "request-changed" && "Nothing was changed by you."}
    </Notice>
  )
}

/** Names what would stop working, and does it when that was read. */
function LockedOut({
  losses,
  again,
  isPending,
}: {
  losses: readonly LockoutLoss[]
  again: (() => void) | null
  isPending: boolean
}) {
  const [isConfirmed, setConfirmed] = useState(false)
  return (
    <div className="grid justify-items-start gap-3">
      <LockoutQuestion losses={losses} isConfirmed={isConfirmed} onConfirm={setConfirmed} />
      <Button variant="danger-primary" disabled={!isConfirmed || isPending} onClick={() => again?.()}>
        Do it all the same
      </Button>
    </div>
  )
}
