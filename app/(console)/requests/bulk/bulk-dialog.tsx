"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { useBulk } from "@/components/use-bulk"
import type { BulkSummary } from "@/lib/console/bulk-types"
import type { RequestRow } from "@/lib/console/request-types"
import { approveRequestsAction, type RequestOutcome, rejectRequestsAction, summariseAction } from "./actions"
import { ApproveForm } from "./approve-form"
import { RejectForm } from "./reject-form"
import { RequestOutcomes } from "./request-outcomes"

/** Several requests before they are decided together, and what became of each. */
export function BulkDialog({
  rows,
  onEnded,
  onClose,
  onCloseAutoFocus,
}: {
  rows: readonly RequestRow[]
  /** Told which of them wait no more. */
  onEnded: (requestIds: readonly string[]) => void
  onClose: () => void
  onCloseAutoFocus: (event: Event) => void
}) {
  const queries = useQueryClient()
  const [verdict, setVerdict] = useState<"approved" | "rejected">("approved")
  const [note, setNote] = useState("")
  const [toldReason, setToldReason] = useState("")
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const selected = rows.map(({ requestId, rightsRevision }) => ({ requestId, rightsRevision }))
  const { data, isError } = useQuery({
    queryKey: ["selected-requests", selected],
    queryFn: () => summariseAction(selected),
    gcTime: 0,
  })
  // What was shown stays: whatever changes under it, the server refuses row by row.
  const [summary, setSummary] = useState<BulkSummary | null>(null)
  if (summary === null && data !== undefined) setSummary(data)

  const renew = async (outcomes: readonly RequestOutcome[]) => {
    const replaced = rows.filter(({ requestId }) => !summary?.waiting.some((row) => row.requestId === requestId))
    const over = outcomes.filter(({ result }) => result.ok || result.because === "already-resolved")
    onEnded([...replaced, ...over].map(({ requestId }) => requestId))
    void queries.invalidateQueries({ queryKey: ["shell"] })
    void queries.invalidateQueries({ queryKey: ["request"] })
    await queries.invalidateQueries({ queryKey: ["requests"] })
  }
  const approval = useBulk(approveRequestsAction, renew)
  const rejection = useBulk(rejectRequestsAction, renew)
  const outcomes = approval.outcomes ?? rejection.outcomes
  const isRunning = approval.isRunning || rejection.isRunning

  const isSecond = verdict === "rejected" && outcomes === null
  const shared = { note, setNote, isRunning }
  return (
    <Dialog open onOpenChange={(isOpen) => isOpen || onClose()}>
      <DialogContent
        className="sm:max-w-2xl"
        onCloseAutoFocus={onCloseAutoFocus}
        onEscapeKeyDown={(event) => {
          if (!isSecond) return
          event.preventDefault()
          setVerdict("approved")
        }}
      >
        {summary === null ? (
          <NotYet count={rows.length} isError={isError} onClose={onClose} />
        ) : outcomes !== null ? (
          <RequestOutcomes outcomes={outcomes} summary={summary} verdict={verdict} onClose={onClose} />
        ) : verdict === "approved" ? (
          <ApproveForm
            {...shared}
            summary={summary}
            confirmed={confirmed}
            setConfirmed={setConfirmed}
            run={approval.run}
            onReject={() => setVerdict("rejected")}
            onCancel={onClose}
          />
        ) : (
          <RejectForm
            {...shared}
            summary={summary}
            toldReason={toldReason}
            setToldReason={setToldReason}
            run={rejection.run}
            onBack={() => setVerdict("approved")}
          />
        )}
      </DialogContent>
    </Dialog>
  )
}

function NotYet({ count, isError, onClose }: { count: number; isError: boolean; onClose: () => void }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Decide {count === 1 ? "one request" : `${count} requests`}</DialogTitle>
        <DialogDescription>Their present content is read first.</DialogDescription>
      </DialogHeader>
      {isError ? (
        <Notice tone="danger" live>
          They could not be loaded, so they cannot be decided from here now.
        </Notice>
      ) : (
        <Skeleton className="h-48 w-full" />
      )}
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
      </DialogFooter>
    </>
  )
}
